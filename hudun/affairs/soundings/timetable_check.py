"""Does a timetable, once it has crossed the wire, sound as the public notice said?

Every timetable is built from its rounds, encoded as order frames, decoded and expanded to the
seconds of a day; the notice is expanded by itself; the two are compared second by second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire.cose import sign1, take_apart
from hudun.wire.frames import Mode, Order, Target, kid_octets
from hudun.wire.signals import FIRST_FREE_SIGNAL, SIGNAL_NAMES, Pattern

from .packing import Numbers, pack, steps_of
from .timetable import DAY_S, Occurrence, Programme, Signals, build_programme, overlaps
from .timetable_file import Announced, Case, TimetableFile

MIDNIGHT = 1_541_001_600  # 2018-11-01 00:00 Beijing time: any midnight would do
LEAD_S = 20 * DAY_S
DRAFT_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))

Sound = tuple[str, bool]  # a signal and whether it is heard in this second
Day = Mapping[int, frozenset[Sound]]  # second of the day → what is due; absent: nothing


@dataclass(frozen=True, slots=True)
class Difference:
    """From ``second`` on, for ``seconds`` seconds; the two values are those of the first."""

    second: int
    seconds: int
    planned: frozenset[Sound]
    announced: frozenset[Sound]


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    programme: Programme
    signals: Signals
    frames: list[bytes]
    differences: list[Difference] = field(default_factory=list)
    overlapping: list[tuple[Occurrence, Occurrence]] = field(default_factory=list)
    announced: bool = True

    @property
    def agrees(self) -> bool:
        return self.announced and not self.differences and not self.overlapping


def check(file: TimetableFile) -> list[Outcome]:
    numbers = number_signals(file.signals)
    return [check_case(case, file.signals, numbers) for case in file.cases]


def check_case(case: Case, signals: Signals, numbers: Numbers) -> Outcome:
    frames = [
        order_frame(part, counter, numbers)
        for counter, part in enumerate(pack(case.timetable, signals, numbers), 1)
    ]
    names = {number: name for name, number in numbers.items()}
    planned = day_of(
        (at, names[number], signals[names[number]])
        for frame in frames
        for at, number in decode(frame)
    )
    programme = build_programme(case.timetable, signals)
    return Outcome(
        case.timetable.name, programme, signals, frames,
        list(compare(planned, announced_day(case.announced, signals))),
        overlaps(programme, signals), bool(case.announced),
    )  # fmt: skip


def number_signals(signals: Signals) -> Numbers:
    """The numbers of the tables where the name is known, an office's own number elsewhere."""
    known = {name: number for number, name in SIGNAL_NAMES.items()}
    own = (name for name in signals if name not in known)
    return {name: known[name] for name in signals if name in known} | {
        name: number for number, name in enumerate(own, FIRST_FREE_SIGNAL)
    }


def order_frame(programme: Programme, counter: int, numbers: Numbers) -> bytes:
    order = Order(
        issuer=430_103, roster=300, counter=counter, issued=MIDNIGHT - LEAD_S,
        life=LEAD_S + 2 * DAY_S, mode=Mode.TRIAL, start=LEAD_S + programme[0].at,
        programme=steps_of(programme, numbers), target=Target(list_number=300),
    )  # fmt: skip
    return sign1(order.encode(), kid_octets(300), DRAFT_KEY)


def decode(frame: bytes) -> Iterator[tuple[int, int]]:
    """(second of the day, signal number) for each signal of an order frame."""
    order = Order.decode(take_apart(frame).payload)
    assert order.starts_at is not None
    for number, at in order.programme:
        yield order.starts_at + at - MIDNIGHT, number


def day_of(soundings: Iterable[tuple[int, str, Pattern]]) -> Day:
    """What is due in each second of the day; midnight is joined to midnight."""
    day: defaultdict[int, set[Sound]] = defaultdict(set)
    for at, name, pattern in soundings:
        heard = heard_seconds(pattern)
        for offset in range(pattern.seconds):
            day[(at + offset) % DAY_S].add((name, offset in heard))
    return {second: frozenset(due) for second, due in day.items()}


def heard_seconds(pattern: Pattern) -> frozenset[int]:
    """The seconds, counted from the start of a signal, in which it is heard."""
    spans = pattern.edges(0)
    return frozenset(second for on, off in spans for second in range(int(on), int(off)))


def announced_day(announced: Iterable[Announced], signals: Signals) -> Day:
    """What the notice promised: a signal is heard by its pattern from its announced start on."""
    day: defaultdict[int, set[Sound]] = defaultdict(set)
    for one in announced:
        pattern = signals.get(one.signal)
        heard = heard_seconds(pattern) if pattern else frozenset()
        for offset in range(_seconds(one)):
            day[(one.start + offset) % DAY_S].add((one.signal, offset in heard))
    return {second: frozenset(due) for second, due in day.items()}


def _seconds(one: Announced) -> int:
    """Over midnight where the end is before the start; 00:00 to 24:00 is a whole day."""
    return (one.end - one.start - 1) % DAY_S + 1 if one.end != one.start else 0


def compare(planned: Day, announced: Day) -> Iterator[Difference]:
    """Neighbouring seconds that differ in the same signals are one difference."""
    nothing: frozenset[Sound] = frozenset()
    run: Difference | None = None
    for second in range(DAY_S):
        ours, theirs = planned.get(second, nothing), announced.get(second, nothing)
        if run is not None and _goes_on(run, second, ours, theirs):
            run = Difference(run.second, run.seconds + 1, run.planned, run.announced)
            continue
        if run is not None:
            yield run
        run = None if ours == theirs else Difference(second, 1, ours, theirs)
    if run is not None:
        yield run


def _goes_on(
    run: Difference, second: int, ours: frozenset[Sound], theirs: frozenset[Sound]
) -> bool:
    return (
        ours != theirs
        and second == run.second + run.seconds
        and _names(ours) == _names(run.planned)
        and _names(theirs) == _names(run.announced)
    )


def _names(sounds: frozenset[Sound]) -> set[str]:
    return {name for name, _ in sounds}
