"""One table per noun: from, verb, to, who, time limit, paper.

    class DoorFlow(Flow):
        states = {
            "planned": State("计划", "secondary", "clipboard"),
            "installed": State("在用", "green", "circle-check"),
        }
        initial = "planned"
        install = move("planned", "install", "installed", roles={Role.CHIEF}, label="安装")

Buttons, rights, time limits, the timeline and the diagram in the docs are drawn from it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, Protocol

from django.db import models

from hudun.core.organ import Organ, Role, User


class State(NamedTuple):
    """Colour and icon are names of Tabler; the icon is there because colour is not enough."""

    label: str
    colour: str = "secondary"
    icon: str = "circle"
    final: bool = False


@dataclass(eq=False)
class Move:
    sources: tuple[str, ...]
    verb: str
    target: str
    roles: frozenset[Role]
    label: str
    days: int | None = None
    """Working days within which the move is due once its source state is reached."""
    paper: str = ""
    """Name of the document that the move issues."""
    name: str = field(default="", init=False)
    flow: "type[Flow]" = field(init=False)

    def __set_name__(self, owner: "type[Flow]", name: str) -> None:
        self.name, self.flow = name, owner

    def fits(self, state: str) -> bool:
        return state in self.sources


def move(
    source: str | Collection[str],
    verb: str,
    target: str,
    *,
    roles: Collection[Role],
    label: str,
    days: int | None = None,
    paper: str = "",
) -> Move:
    sources = (source,) if isinstance(source, str) else tuple(source)
    return Move(sources, verb, target, frozenset(roles), label, days, paper)


class Flowing(Protocol):
    """A record that has a place in the tree."""

    @property
    def organ(self) -> Organ: ...


class Flow:
    column: ClassVar[str] = "state"
    """The model's column that holds the state."""
    states: ClassVar[Mapping[str, State]] = {}
    initial: ClassVar[str] = ""
    moves: ClassVar[tuple[Move, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.moves = tuple(value for value in vars(cls).values() if isinstance(value, Move))
        cls.initial = cls.initial or next(iter(cls.states), "")
        named = {state for m in cls.moves for state in (*m.sources, m.target)} | {cls.initial}
        unknown = named - set(cls.states)
        if unknown:
            raise ValueError(f"{cls.__name__} names states it does not have: {sorted(unknown)}")

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """For the model's state column."""
        return [(key, state.label) for key, state in cls.states.items()]

    @classmethod
    def field(cls) -> "models.CharField[str, str]":
        """The model's state column: `state = DoorFlow.field()`."""
        return models.CharField(
            "状态", max_length=24, choices=cls.choices(), default=cls.initial, db_index=True
        )

    @classmethod
    def state_of(cls, record: object) -> str:
        return str(getattr(record, cls.column))

    @classmethod
    def shown(cls, record: object) -> State:
        """Label, colour and icon of the record's state."""
        return cls.states[cls.state_of(record)]

    @classmethod
    def open_states(cls) -> list[str]:
        return [key for key, state in cls.states.items() if not state.final]

    @classmethod
    def moves_from(cls, state: str) -> list[Move]:
        return [m for m in cls.moves if m.fits(state)]

    @classmethod
    def moves_for(cls, record: Flowing, user: User) -> list[Move]:
        """The moves this person may make now; a button each."""
        return [
            m for m in cls.moves_from(cls.state_of(record)) if user.has_role(m.roles, record.organ)
        ]

    @classmethod
    def mermaid(cls) -> str:
        """The diagram for the docs."""
        lines = ["stateDiagram-v2", f"    [*] --> {cls.initial}"]
        lines += [f"    {key} : {state.label}" for key, state in cls.states.items()]
        for m in cls.moves:
            limit = f"（{m.days} 个工作日）" if m.days else ""
            lines += [f"    {source} --> {m.target} : {m.label}{limit}" for source in m.sources]
        lines += [f"    {key} --> [*]" for key, state in cls.states.items() if state.final]
        return "\n".join(lines)
