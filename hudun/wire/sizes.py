"""The largest frame that each kind and each timetable can make: the table of docs/wire.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hudun.wire.cose import frame_octets
from hudun.wire.frames import Mode, Order, Release, Stop, Target

OFFICE, SHORT, LONG = 999_999, 0xFFFF, 0xFFFF_FFFF
AHEAD_S = 180 * 86_400
EIGHT = Target(sirens=tuple(range(SHORT - 7, SHORT + 1)))
GROUP, LISTED = Target(group=SHORT), Target(list_number=SHORT)
Steps = tuple[tuple[int, int], ...]

TIMETABLES: Mapping[str, Steps] = {
    "命令：湖南 11·1": ((1, 0), (2, 480), (3, 960)),
    "命令：河南 9·18": ((1, 0), (1, 360), (2, 840), (2, 1200), (3, 1680)),
    "命令：上海": ((1, 0), (2, 600), (3, 1200)),
    "命令：某县 2020": ((1, 0), (2, 360), (3, 720)),
    "命令：甘肃两轮": ((1, 0), (2, 1800), (3, 3600), (1, 21600), (2, 23400), (3, 25200)),
}


def table() -> Iterator[tuple[str, int, int | None, int | None]]:
    """(what, octets to a group, to eight sirens, to a list)."""
    for name, steps in TIMETABLES.items():
        yield name, *(_planned(steps, target) for target in (GROUP, EIGHT, LISTED))
    yield "命令：立即，一个信号", *(_immediate(target) for target in (GROUP, EIGHT, LISTED))
    release = Release(OFFICE, SHORT, LONG, bytes(16), LONG, 120)
    yield "放行", _octets(release), None, None
    yield "停止", _octets(_stop(GROUP)), _octets(_stop(EIGHT)), None


def markdown() -> str:
    rows = (
        (name, *("–" if size is None else str(size) for size in sizes)) for name, *sizes in table()
    )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _planned(steps: Steps, target: Target) -> int:
    life = AHEAD_S + 86_400
    order = Order(OFFICE, SHORT, LONG, LONG, life, Mode.TRIAL, AHEAD_S, steps, target)
    return _octets(order)


def _immediate(target: Target) -> int:
    return _octets(Order(OFFICE, SHORT, LONG, LONG, 600, Mode.LIVE, None, ((40, 0),), target))


def _stop(target: Target) -> Stop:
    return Stop(OFFICE, SHORT, LONG, LONG, 86_400, target)


def _octets(content: Order | Release | Stop) -> int:
    return frame_octets(content.encode())


if __name__ == "__main__":
    print(markdown())
