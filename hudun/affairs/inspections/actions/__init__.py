"""Every write of inspections."""

from hudun.affairs.inspections import problems  # noqa: F401

from .templates import make_template

__all__ = ["make_template"]
