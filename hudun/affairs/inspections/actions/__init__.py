"""Every write of inspections."""

from hudun.affairs.inspections import problems  # noqa: F401

from .campaigns import (
    assign_task,
    close_campaign,
    draw_campaign,
    edit_campaign,
    make_campaign,
    set_team,
    start_campaign,
    void_campaign,
)
from .photos import receive_photo
from .templates import make_template
from .visits import receive_visit, void_visit

__all__ = [
    "assign_task",
    "close_campaign",
    "draw_campaign",
    "edit_campaign",
    "make_campaign",
    "make_template",
    "receive_photo",
    "receive_visit",
    "set_team",
    "start_campaign",
    "void_campaign",
    "void_visit",
]
