"""A layer is read before it is kept, and a person says so."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

STAFF = (Role.CLERK, Role.CHIEF)


class LayerFlow(Flow):
    states = {
        "checking": State("检查中", "blue", "hourglass"),
        "checked": State("待确认", "orange", "clipboard-check"),
        "in_use": State("在用", "green", "circle-check"),
        "withdrawn": State("已撤下", "secondary", "archive", final=True),
        "discarded": State("未采用", "secondary", "circle-x", final=True),
    }
    initial = "checking"

    read = move("checking", "read", "checked", roles=(), label="检查完毕")
    keep = move("checked", "keep", "in_use", roles=STAFF, label="存入使用")
    discard = move(("checking", "checked"), "discard", "discarded", roles=STAFF, label="不采用")
    withdraw = move("in_use", "withdraw", "withdrawn", roles=STAFF, label="撤下")
