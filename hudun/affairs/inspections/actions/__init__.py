"""Every write of inspections."""

from hudun.affairs.inspections import problems  # noqa: F401

from .photos import receive_photo
from .templates import make_template
from .visits import receive_visit, void_visit

__all__ = ["make_template", "receive_photo", "receive_visit", "void_visit"]
