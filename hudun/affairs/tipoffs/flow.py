"""A tip-off waits for the office, which takes it up or not."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

MODERATORS = (Role.CLERK, Role.CHIEF, Role.DIRECTOR)


class TipoffFlow(Flow):
    states = {
        "received": State("待核实", "orange", "hourglass"),
        "accepted": State("已采纳", "green", "check", final=True),
        "rejected": State("不采纳", "secondary", "x", final=True),
    }
    accept = move("received", "accept", "accepted", roles=MODERATORS, label="采纳")
    reject = move("received", "reject", "rejected", roles=MODERATORS, label="不采纳")
