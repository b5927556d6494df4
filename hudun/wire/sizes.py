"""The largest frame that each kind and each timetable can make: the table of docs/wire.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from hudun.wire.cose import frame_octets
from hudun.wire.frames import (
    SHORT_FRAME,
    Acknowledgement,
    Mode,
    Offset,
    Order,
    Question,
    Receipt,
    Release,
    State,
    Stop,
    Target,
    TimeAnswer,
)

Steps = tuple[tuple[int, int], ...]
Row = tuple[str, int, int | None, int | None]

OFFICE, SHORT, LONG = 999_999, 0xFFFF, 0xFFFF_FFFF
SIREN_KID = 4  # octets; the key number of a person or the desk has two
AHEAD_S = 180 * 86_400
LATE_MS = LONG * 1000
EIGHT = Target(sirens=tuple(range(SHORT - 7, SHORT + 1)))
GROUP, LISTED = Target(group=SHORT), Target(list_number=SHORT)

TIMETABLES: Mapping[str, Steps] = {
    "命令：湖南 11·1": ((1, 0), (2, 480), (3, 960)),
    "命令：河南 9·18": ((1, 0), (1, 360), (2, 840), (2, 1200), (3, 1680)),
    "命令：上海": ((1, 0), (2, 600), (3, 1200)),
    "命令：某县 2020": ((1, 0), (2, 360), (3, 720)),
    "命令：甘肃两轮": ((1, 0), (2, 1800), (3, 3600), (1, 21600), (2, 23400), (3, 25200)),
}


class Content(Protocol):
    def encode(self) -> bytes: ...


def table() -> Iterator[Row]:
    """(what, octets to a group, to eight sirens, to a list)."""
    for name, steps in TIMETABLES.items():
        yield name, _planned(steps, GROUP), _planned(steps, EIGHT), _planned(steps, LISTED)
    yield "命令：立即，一个信号", _immediate(GROUP), _immediate(EIGHT), _immediate(LISTED)
    yield "放行", _octets(Release(OFFICE, SHORT, LONG, bytes(16), LONG, 120)), None, None
    yield "停止", _octets(_stop(GROUP)), _octets(_stop(EIGHT)), None
    yield "授时", _octets(TimeAnswer(OFFICE, bytes(8), LATE_MS)), None, None
    yield "应答", _octets(Acknowledgement(OFFICE, LONG, LONG)), None, None
    yield "回执", _octets(_receipt(), SIREN_KID), None, None
    yield "询问", _octets(Question(LONG, bytes(8)), SIREN_KID), None, None


def markdown() -> str:
    return "\n".join(f"| {name} | {' | '.join(map(_shown, sizes))} |" for name, *sizes in table())


def _shown(size: object) -> str:
    if not isinstance(size, int):
        return "–"
    return str(size) if size <= SHORT_FRAME else f"（{size}）"


def _planned(steps: Steps, target: Target) -> int:
    life = AHEAD_S + 86_400
    order = Order(OFFICE, SHORT, LONG, LONG, life, Mode.TRIAL, AHEAD_S, steps, target)
    return _octets(order)


def _immediate(target: Target) -> int:
    return _octets(Order(OFFICE, SHORT, LONG, LONG, 600, Mode.LIVE, None, ((40, 0),), target))


def _stop(target: Target) -> Stop:
    return Stop(OFFICE, SHORT, LONG, LONG, 86_400, target)


def _receipt() -> Receipt:
    offset = Offset(-AHEAD_S * 1000, SHORT)
    return Receipt(LONG, LONG, OFFICE, LONG, 23, State.FINISHED, LATE_MS, 4, AHEAD_S * 1000, offset)


def _octets(content: Content, kid_octets: int = 2) -> int:
    return frame_octets(content.encode(), kid_octets)


if __name__ == "__main__":
    print(markdown())
