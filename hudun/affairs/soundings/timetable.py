"""A sounding timetable: rounds of signals, and the programme that a siren plays for it.

Seconds are whole. A second of the day counts from 00:00 Beijing time; an occurrence may lie past
86,400 when a round runs over midnight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from hudun.wire.signals import Pattern

DAY_S = 86_400

Signals = Mapping[str, Pattern]


@dataclass(frozen=True, slots=True)
class Round:
    """Plays ``signals`` in order, ``gap_s`` of silence between two of them.

    ``times`` says how often a signal is repeated, ``gap_within_s`` apart (``gap_s`` where None).
    """

    start: int
    signals: tuple[str, ...]
    gap_s: int
    times: Mapping[str, int] = field(default_factory=dict)
    gap_within_s: int | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    name: str
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One signal of a programme and the second of the day at which it starts."""

    at: int
    signal: str


Programme = tuple[Occurrence, ...]


def build_programme(timetable: Timetable, signals: Signals) -> Programme:
    """Every signal of every round, in the order of time."""
    return tuple(sorted(one for round_ in timetable.rounds for one in play(round_, signals)))


def play(round_: Round, signals: Signals) -> Iterator[Occurrence]:
    at = round_.start
    for name, gap in _with_gaps(round_):
        yield Occurrence(at, name)
        at += signals[name].seconds + gap


def _with_gaps(round_: Round) -> Iterator[tuple[str, int]]:
    """Each signal of a round with the silence that follows it."""
    within = round_.gap_s if round_.gap_within_s is None else round_.gap_within_s
    for name in round_.signals:
        yield from [(name, within)] * (round_.times.get(name, 1) - 1)
        yield name, round_.gap_s


def ends_at(programme: Programme, signals: Signals) -> int:
    return max(one.at + signals[one.signal].seconds for one in programme)


def overlaps(programme: Programme, signals: Signals) -> list[tuple[Occurrence, Occurrence]]:
    """Neighbours of which the second starts before the first has ended, around midnight too.

    No siren can play both.
    """
    if not programme:
        return []
    tomorrow = Occurrence(programme[0].at + DAY_S, programme[0].signal)
    return [
        (one, next_one)
        for one, next_one in pairwise((*programme, tomorrow))
        if one.at + signals[one.signal].seconds > next_one.at
    ]


def by_round(timetable: Timetable, signals: Signals) -> list[Programme]:
    rounds: Iterable[Round] = sorted(timetable.rounds, key=lambda one: one.start)
    return [tuple(play(one, signals)) for one in rounds]
