"""The life of a hazard. Who has it now follows from its state: the office until the notice is
out, the unit until it answers, the office again until somebody has looked."""

from hudun.affairs.inspections.roles import CHECKERS, HEADS, STAFF
from hudun.core.flow import Flow, State, move

OPEN = ("found", "noticed", "replied", "enforcement")


class HazardFlow(Flow):
    states = {
        "found": State("待发通知", "orange", "flag"),
        "noticed": State("限期整改", "blue", "hourglass"),
        "replied": State("待复查", "azure", "clipboard-check"),
        "enforcement": State("移送执法", "red", "ban"),
        "closed": State("已销号", "green", "circle-check", final=True),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    notify = move(
        "found", "notify", "noticed", roles=STAFF, label="发整改通知", paper="限期整改通知书"
    )
    reply = move("noticed", "reply", "replied", roles=CHECKERS, label="登记整改回复")
    send_back = move(
        "replied", "send_back", "noticed", roles=CHECKERS, label="复查不合格，退回整改"
    )
    extend = move("noticed", "extend", "noticed", roles=HEADS, label="延长整改期限")
    close = move(OPEN, "close", "closed", roles=CHECKERS, label="复查合格，销号")
    hand_over = move(
        ("noticed", "replied"), "hand_over", "enforcement", roles=HEADS, label="移送执法"
    )
    void = move(OPEN, "void", "void", roles=HEADS, label="作废")
