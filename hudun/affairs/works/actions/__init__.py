"""Every write to new works."""

from hudun.affairs.works import problems  # noqa: F401

from .acceptance import accept, fail, file
from .ending import archive, hang, register, void
from .materials import receive_material, return_material, waive_material
from .opening import edit_work, open_work

__all__ = [
    "accept",
    "archive",
    "edit_work",
    "fail",
    "file",
    "hang",
    "open_work",
    "receive_material",
    "register",
    "return_material",
    "void",
    "waive_material",
]
