"""The life of a siren. Removal is approved first (人民防空法 §35)."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

STAFF = (Role.CLERK, Role.CHIEF)
WATCH = (Role.DUTY_OFFICER, Role.INSPECTOR, *STAFF)
HEADS = (Role.CHIEF, Role.DIRECTOR)
STANDING = ("installed", "in_service", "faulty", "repair")


class SirenFlow(Flow):
    states = {
        "planned": State("规划", "secondary", "clipboard-list"),
        "installed": State("已安装", "blue", "tool"),
        "in_service": State("在用", "green", "circle-check"),
        "faulty": State("故障", "red", "alert-triangle"),
        "repair": State("维修中", "orange", "tool"),
        "removal_approved": State("已批准拆除", "orange", "file-text"),
        "removed": State("已拆除", "secondary", "circle-x", final=True),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    initial = "planned"

    install = move("planned", "install", "installed", roles=STAFF, label="安装完成")
    commission = move("installed", "commission", "in_service", roles=HEADS, label="投入使用")
    mark_faulty = move("in_service", "mark_faulty", "faulty", roles=WATCH, label="报故障")
    start_repair = move("faulty", "start_repair", "repair", roles=STAFF, label="开始维修")
    restore = move(("faulty", "repair"), "restore", "in_service", roles=STAFF, label="恢复使用")
    approve_removal = move(
        STANDING, "approve_removal", "removal_approved", roles=(Role.DIRECTOR,), label="批准拆除"
    )
    keep = move(
        "removal_approved", "keep", "installed", roles=(Role.DIRECTOR,), label="撤销拆除批准"
    )
    remove = move("removal_approved", "remove", "removed", roles=HEADS, label="拆除销号")
    void = move("planned", "void", "void", roles=HEADS, label="作废")
