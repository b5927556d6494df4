"""How a run goes on. Only people's moves are actions; the planner claims and ends by itself."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

ASKERS = {Role.DUTY_OFFICER, Role.CLERK, Role.CHIEF, Role.DIRECTOR}


class RunFlow(Flow):
    states = {
        "queued": State("排队", "secondary", "clock"),
        "running": State("计算中", "azure", "loader"),
        "done": State("已完成", "green", "circle-check", final=True),
        "failed": State("未能完成", "red", "alert-triangle", final=True),
        "cancelled": State("已取消", "secondary", "ban", final=True),
    }
    cancel = move(("queued", "running"), "cancel", "cancelled", roles=ASKERS, label="取消计算")
