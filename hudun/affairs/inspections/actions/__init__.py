"""Every write of inspections."""

from hudun.affairs.inspections import problems  # noqa: F401

from .bulletins import issue_bulletin
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
from .escalating import escalate
from .finding import raise_hazard
from .hazards import close_hazard, extend, hand_over, send_back, void_hazard
from .links import open_link, renew_link, show_link, withdraw_link
from .notices import issue_notice, notify, record_delivery
from .performance import record_test, void_test
from .photos import receive_photo
from .rating import decide_rating, rate_period, void_rating
from .replies import answer, take_reply
from .templates import make_template
from .upkeep import complete_task, drop_task, make_upkeep_plan, reopen_task
from .visits import receive_visit, void_visit

__all__ = [
    "answer",
    "assign_task",
    "close_campaign",
    "close_hazard",
    "complete_task",
    "decide_rating",
    "draw_campaign",
    "drop_task",
    "edit_campaign",
    "escalate",
    "extend",
    "hand_over",
    "issue_bulletin",
    "issue_notice",
    "make_campaign",
    "make_template",
    "make_upkeep_plan",
    "notify",
    "open_link",
    "raise_hazard",
    "rate_period",
    "receive_photo",
    "receive_visit",
    "record_delivery",
    "record_test",
    "renew_link",
    "reopen_task",
    "send_back",
    "set_team",
    "show_link",
    "start_campaign",
    "take_reply",
    "void_campaign",
    "void_hazard",
    "void_rating",
    "void_test",
    "void_visit",
    "withdraw_link",
]
