"""From the proposal of a place to the siren on the register: 选址 → 批准 → 安装 → 调试 → 建档."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

STAFF = (Role.CLERK, Role.CHIEF)
HEADS = (Role.CHIEF,)
DECIDES = (Role.DIRECTOR,)
LOOKERS = (*STAFF, *DECIDES, Role.DUTY_OFFICER, Role.INSPECTOR, Role.AUDITOR)


class SiteFlow(Flow):
    states = {
        "proposed": State("选址", "orange", "hourglass"),
        "approved": State("已批准，待安装", "blue", "signature"),
        "installed": State("已安装，待调试", "blue", "tool"),
        "commissioned": State("已调试，待建档", "blue", "clipboard-list"),
        "filed": State("已建档", "green", "circle-check", final=True),
        "refused": State("不予批准", "secondary", "circle-x", final=True),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    initial = "proposed"

    approve = move("proposed", "approve", "approved", roles=DECIDES, label="批准")
    refuse = move("proposed", "refuse", "refused", roles=DECIDES, label="不予批准")
    install = move("approved", "install", "installed", roles=STAFF, label="安装完成")
    commission = move("installed", "commission", "commissioned", roles=STAFF, label="调试合格")
    file = move("commissioned", "file", "filed", roles=HEADS, label="建档")
    void = move(
        ("proposed", "approved", "installed", "commissioned"), "void", "void",
        roles=HEADS, label="作废",
    )  # fmt: skip


class SurveyFlow(Flow):
    states = {
        "standing": State("有效", "green", "circle-check"),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    initial = "standing"

    void = move("standing", "void", "void", roles=STAFF, label="作废")
