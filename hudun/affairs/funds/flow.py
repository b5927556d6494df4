"""The life of a payment. Who proposes it does not approve it."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

STAFF = frozenset({Role.CLERK, Role.CHIEF})
HEADS = frozenset({Role.DIRECTOR})


class PaymentFlow(Flow):
    states = {
        "proposed": State("待审批", "orange", "hourglass"),
        "approved": State("已批准", "blue", "signature"),
        "paid": State("已支付", "green", "circle-check", final=True),
        "refused": State("不批准", "secondary", "circle-x", final=True),
        "void": State("作废", "secondary", "circle-x", final=True),
    }
    approve = move("proposed", "approve", "approved", roles=HEADS, label="批准")
    refuse = move("proposed", "refuse", "refused", roles=HEADS, label="不批准")
    pay = move("approved", "pay", "paid", roles=STAFF, label="登记支付")
    void = move(("proposed", "approved"), "void", "void", roles=STAFF, label="作废")
