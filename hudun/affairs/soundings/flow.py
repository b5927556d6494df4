"""How a plan, an order, a key and an alert go on."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

OFFICERS = {Role.DUTY_OFFICER, Role.CHIEF, Role.DIRECTOR}
PLANNERS = {Role.CLERK, Role.CHIEF, Role.DIRECTOR}
HEADS = {Role.CHIEF, Role.DIRECTOR}
BY_ITSELF: frozenset[Role] = frozenset()
"""Follows from something else that a person did, or from time: nobody has a button for it."""


class PlanFlow(Flow):
    states = {
        "draft": State("拟定", "secondary", "pencil"),
        "approved": State("已批准", "azure", "thumb-up"),
        "ordered": State("已签发", "indigo", "signature"),
        "released": State("已放行", "purple", "lock-open"),
        "noticed": State("已公告", "cyan", "speakerphone"),
        "running": State("进行中", "orange", "player-play"),
        "closed": State("已结束", "green", "flag-check"),
        "archived": State("已归档", "secondary", "archive", final=True),
        "void": State("作废", "secondary", "ban", final=True),
        "stopped": State("已停止", "red", "hand-stop"),
    }
    approve = move("draft", "approve", "approved", roles=HEADS, label="批准")
    order = move("approved", "order", "ordered", roles=BY_ITSELF, label="签发完毕")
    release = move("ordered", "release", "released", roles=BY_ITSELF, label="放行完毕")
    notice = move("released", "notice", "noticed", roles=HEADS, label="发布公告", paper="notice")
    begin = move(("released", "noticed"), "begin", "running", roles=BY_ITSELF, label="开始")
    close = move(
        ("released", "noticed", "running"), "close", "closed", roles=BY_ITSELF, label="结束"
    )
    archive = move(
        ("closed", "stopped"), "archive", "archived", roles=HEADS, label="归档", paper="report"
    )
    void = move(
        ("draft", "approved", "ordered", "released", "noticed"), "void", "void",
        roles=HEADS, label="作废",
    )  # fmt: skip
    stop = move(
        ("ordered", "released", "noticed", "running"), "stop", "stopped",
        roles=BY_ITSELF, label="停止", paper="stop_notice",
    )  # fmt: skip


class OrderFlow(Flow):
    states = {
        "drafted": State("待签发", "secondary", "pencil"),
        "signed": State("待放行", "indigo", "signature"),
        "released": State("已放行", "purple", "lock-open"),
        "running": State("鸣放中", "orange", "player-play"),
        "closed": State("已办结", "green", "flag-check", final=True),
        "stopped": State("已停止", "red", "hand-stop", final=True),
        "expired": State("已过期", "secondary", "hourglass-off", final=True),
        "void": State("作废", "secondary", "ban", final=True),
    }
    sign = move("drafted", "sign", "signed", roles=OFFICERS, label="签发")
    release = move("signed", "release", "released", roles=OFFICERS, label="放行")
    begin = move("released", "begin", "running", roles=BY_ITSELF, label="开始")
    close = move(("released", "running"), "close", "closed", roles=BY_ITSELF, label="办结")
    stop = move(
        ("drafted", "signed", "released", "running"), "stop", "stopped",
        roles=BY_ITSELF, label="停止",
    )  # fmt: skip
    expire = move(("drafted", "signed"), "expire", "expired", roles=BY_ITSELF, label="过期")
    void = move(("drafted", "signed"), "void", "void", roles=OFFICERS, label="作废")


class KeyFlow(Flow):
    states = {
        "requested": State("申请", "secondary", "key"),
        "listed": State("在册", "green", "shield-check"),
        "revoked": State("撤销", "red", "shield-off", final=True),
    }
    enlist = move("requested", "enlist", "listed", roles={Role.SECURITY_ADMIN}, label="入册")
    revoke = move(
        ("requested", "listed"), "revoke", "revoked", roles={Role.SECURITY_ADMIN}, label="撤销"
    )


class AlertFlow(Flow):
    states = {
        "open": State("未处理", "red", "alert-triangle"),
        "acknowledged": State("已知悉", "secondary", "check", final=True),
    }
    acknowledge = move(
        "open", "acknowledge", "acknowledged",
        roles={Role.DUTY_OFFICER, Role.CHIEF, Role.DIRECTOR}, label="知悉",
    )  # fmt: skip
