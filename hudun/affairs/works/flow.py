"""From the acceptance of a finished work to its file: 验收 → 备案 → 登记 → 挂牌 → 建档."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

STAFF = (Role.CLERK, Role.CHIEF)
HEADS = (Role.CHIEF,)


class WorksFlow(Flow):
    states = {
        "building": State("在建", "secondary", "tool"),
        "failed": State("验收不合格", "red", "alert-triangle"),
        "accepted": State("待备案", "orange", "hourglass"),
        "filed": State("待登记", "blue", "file-text"),
        "registered": State("待挂牌", "blue", "qrcode"),
        "plated": State("待建档", "blue", "clipboard-list"),
        "archived": State("已建档", "green", "circle-check", final=True),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    initial = "building"

    accept = move(("building", "failed"), "accept", "accepted", roles=STAFF, label="验收合格")
    fail = move("building", "fail", "failed", roles=STAFF, label="验收不合格")
    file = move("accepted", "file", "filed", roles=STAFF, label="备案")
    register = move("filed", "register", "registered", roles=STAFF, label="登记为人防工程")
    hang = move("registered", "hang", "plated", roles=STAFF, label="挂牌")
    archive = move("plated", "archive", "archived", roles=HEADS, label="建档")
    void = move(("building", "failed", "accepted"), "void", "void", roles=HEADS, label="作废")
