"""Every write of the office, one subject per file."""

from .divisions import Imported, import_divisions
from .offices import edit_office, open_office
from .organs import close_organ, move_organ, rename_organ
from .people import (
    change_own_password,
    create_user,
    edit_user,
    set_password,
    start_user,
    stop_user,
)
from .posts import appoint, dismiss
from .shifts import cancel_shift, edit_shift, plan_shift
from .units import close_unit, edit_unit, found_unit

__all__ = [
    "Imported",
    "appoint",
    "cancel_shift",
    "change_own_password",
    "close_organ",
    "close_unit",
    "create_user",
    "dismiss",
    "edit_office",
    "edit_shift",
    "edit_unit",
    "edit_user",
    "found_unit",
    "import_divisions",
    "move_organ",
    "open_office",
    "plan_shift",
    "rename_organ",
    "set_password",
    "start_user",
    "stop_user",
]
