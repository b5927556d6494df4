"""A watch: on, handed over, relieved. Until the next has taken over, the first one stands."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role

WATCHMEN = frozenset({Role.DUTY_OFFICER, Role.CHIEF, Role.DIRECTOR})


class WatchFlow(Flow):
    states = {
        "on": State("当班", "green", "user-circle"),
        "handed": State("待接班", "orange", "hourglass"),
        "off": State("已交班", "secondary", "check", final=True),
    }
    hand_over = move("on", "hand_over", "handed", roles=WATCHMEN, label="交班")
    take_over = move("handed", "take_over", "off", roles=WATCHMEN, label="接班")
    take_back = move("handed", "take_back", "on", roles=WATCHMEN, label="撤回交班")
