"""The life of a campaign of checks, of a piece of upkeep, of a rating."""

from hudun.affairs.inspections.roles import HEADS, KEEPERS, STAFF
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


class TaskFlow(Flow):
    """Whether an open task is due or late follows from its week."""

    states = {
        "planned": State("待做", "secondary", "hourglass"),
        "done": State("已完成", "green", "circle-check"),
        "dropped": State("取消", "secondary", "circle-x", final=True),
    }
    complete = move("planned", "complete", "done", roles=KEEPERS, label="登记完成")
    reopen = move("done", "reopen", "planned", roles=STAFF, label="退回重做")
    drop = move("planned", "drop", "dropped", roles=STAFF, label="取消")


class RatingFlow(Flow):
    states = {
        "draft": State("待评定", "secondary", "clipboard-list"),
        "decided": State("已评定", "green", "circle-check"),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    decide = move("draft", "decide", "decided", roles=HEADS, label="评定")
    void = move(("draft", "decided"), "void", "void", roles=HEADS, label="作废")
