"""Every write to the register of shelters."""

from hudun.assets.shelters import problems  # noqa: F401

from .files import attach
from .life import close, reopen, scrap, void
from .parts import (
    add_equipment,
    add_opening,
    add_unit,
    edit_part,
    remove_part,
)
from .publication import publish, withdraw_publication
from .register import edit_shelter, register_shelter
from .units import link_unit

__all__ = [
    "add_equipment",
    "add_opening",
    "add_unit",
    "attach",
    "close",
    "edit_part",
    "edit_shelter",
    "link_unit",
    "publish",
    "register_shelter",
    "remove_part",
    "reopen",
    "scrap",
    "void",
    "withdraw_publication",
]
