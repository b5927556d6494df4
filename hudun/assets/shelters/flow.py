"""The life of a shelter on the register. Scrapping and removal are approved first
(人民防空法 §28: 任何组织或者个人不得擅自拆除; 确需拆除的, 报人民防空主管部门批准)."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

STAFF = (Role.CLERK, Role.CHIEF)
HEADS = (Role.CHIEF, Role.DIRECTOR)
ON_REGISTER = ("in_service", "closed")


class ShelterFlow(Flow):
    states = {
        "in_service": State("在用", "green", "circle-check"),
        "closed": State("停用", "orange", "alert-triangle"),
        "scrapped": State("报废", "secondary", "circle-x", final=True),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    initial = "in_service"

    close = move("in_service", "close", "closed", roles=STAFF, label="停用")
    reopen = move("closed", "reopen", "in_service", roles=HEADS, label="恢复使用")
    scrap = move(ON_REGISTER, "scrap", "scrapped", roles=(Role.DIRECTOR,), label="批准报废")
    void = move(ON_REGISTER, "void", "void", roles=HEADS, label="作废")
