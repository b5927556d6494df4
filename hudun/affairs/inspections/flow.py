"""The life of a campaign of checks."""

from hudun.affairs.inspections.roles import HEADS, STAFF
from hudun.core.flow import Flow, State, move


class CampaignFlow(Flow):
    states = {
        "draft": State("拟定", "secondary", "clipboard-list"),
        "running": State("进行中", "blue", "player-play"),
        "closed": State("已结束", "green", "circle-check", final=True),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    start = move("draft", "start", "running", roles=HEADS, label="开始")
    close = move("running", "close", "closed", roles=HEADS, label="结束")
    void = move(("draft", "running"), "void", "void", roles=STAFF, label="作废")
