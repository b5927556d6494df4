"""The life of a plan, and of one version of it: drafted, reviewed jointly, approved by the
government, filed one level up. Who drafts does not approve."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

STAFF = frozenset({Role.CLERK, Role.CHIEF})
HEADS = frozenset({Role.CHIEF, Role.DIRECTOR})
DIRECTORS = frozenset({Role.DIRECTOR})
READERS = frozenset({Role.CLERK, Role.CHIEF, Role.DIRECTOR, Role.DUTY_OFFICER, Role.AUDITOR})


class PlanFlow(Flow):
    states = {
        "drafting": State("编制中", "blue", "pencil"),
        "in_force": State("生效", "green", "circle-check"),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    void = move(("drafting", "in_force"), "void", "void", roles=DIRECTORS, label="作废")


class VersionFlow(Flow):
    states = {
        "draft": State("起草", "blue", "pencil"),
        "review": State("会审", "orange", "hourglass"),
        "approved": State("政府批准", "green", "signature"),
        "filed": State("已备案", "green", "circle-check"),
        "superseded": State("被新版取代", "secondary", "history", final=True),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    submit = move("draft", "submit", "review", roles=STAFF, label="提交会审")
    send_back = move("review", "send_back", "draft", roles=HEADS, label="退回修改")
    approve = move("review", "approve", "approved", roles=HEADS, label="登记政府批准")
    file = move("approved", "file", "filed", roles=STAFF, label="登记备案上报")
    supersede = move(("approved", "filed"), "supersede", "superseded", roles=(), label="被新版取代")
    void = move(("draft", "review"), "void", "void", roles=HEADS, label="作废")
