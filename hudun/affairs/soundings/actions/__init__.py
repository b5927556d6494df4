"""Every write of soundings that a person, or the office on their behalf, makes."""

from .alerts import acknowledge_alert
from .by_hand import record_hand_start
from .keys import (
    pin_roots,
    register_roster,
    request_key,
    set_up_issuer,
    withdraw_key_request,
)
from .orders import (
    attach_release,
    attach_signature,
    begin_order,
    close_order,
    draft_immediate,
    draft_orders,
    expire_order,
    renew_order,
    settle_stopped_order,
    stop_order,
    void_order,
)
from .papers import issue_notice, issue_report, issue_stop_notice
from .plans import (
    approve_plan,
    archive_plan,
    begin_plan,
    close_plan,
    draft_plan,
    edit_plan,
    plan_ordered,
    plan_released,
    publish_notice,
    stop_plan,
)
from .silent import silent_test
from .stops import press_stop, void_plan

__all__ = [
    "acknowledge_alert",
    "approve_plan",
    "archive_plan",
    "attach_release",
    "attach_signature",
    "begin_order",
    "begin_plan",
    "close_order",
    "close_plan",
    "draft_immediate",
    "draft_orders",
    "draft_plan",
    "edit_plan",
    "expire_order",
    "issue_notice",
    "issue_report",
    "issue_stop_notice",
    "pin_roots",
    "plan_ordered",
    "plan_released",
    "press_stop",
    "publish_notice",
    "record_hand_start",
    "register_roster",
    "renew_order",
    "request_key",
    "set_up_issuer",
    "settle_stopped_order",
    "silent_test",
    "stop_order",
    "stop_plan",
    "void_order",
    "void_plan",
    "withdraw_key_request",
]
