"""What a terminal may sound, read from the messages that truly reached it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hudun.wire.simulation.oracle.reading import (
    LIST,
    LIVE,
    ORDER,
    RELEASE,
    RIGHT_OF,
    ROSTER,
    SILENT,
    STOP,
    STOP_RIGHT,
    TRIAL,
    Key,
    Word,
    means,
    name_of,
    read,
    roster_keys,
)

DAY = 86400
BEIJING = 8 * 3600
EARLIEST, LATEST = 7 * 3600, 21 * 3600
BUTTON_S = 600
ARM_S = 120
LATE_S = 30
ANY_RIGHT = 0xFF


@dataclass(frozen=True)
class Got:
    """A readable message, not retained, that reached the running terminal at a true time."""

    at: float
    word: Word
    local: float  # its own clock at that moment
    clock_ok: bool
    boot: int


@dataclass(frozen=True)
class Witness:
    """A terminal's provision and diary, in plain values."""

    siren: int
    groups: frozenset[int]
    roots: Mapping[int, tuple[bytes, bytes]]
    lasting: Mapping[int, tuple[tuple[tuple[int, int], ...], int]]  # signal → strokes, seconds
    got: tuple[Got, ...]
    lives: tuple[tuple[int, float, float, float, bool], ...]  # boot begins ends error clock_ok
    pressed: tuple[float, ...]


@dataclass(frozen=True)
class Permit:
    """One order that may act, from the moment its last part was there.

    ``start`` is true time; ``stopped_at`` when a valid stop reached the terminal.
    """

    issuer: int
    counter: int
    mode: int
    name: bytes
    since: float  # when its first part came
    at: float
    start: float
    boot: int
    on_counter: bool
    programme: tuple[tuple[int, int], ...]
    expires: float
    stopped_at: float | None


@dataclass
class Reader:
    """Goes through what one terminal got."""

    witness: Witness
    rosters: dict[int, tuple[int, Mapping[int, Key]]] = field(default_factory=dict)
    stops: list[tuple[float, int, int]] = field(default_factory=list)  # at, issuer, upto
    words: dict[bytes, Got] = field(default_factory=dict)  # the latest copy of each

    def permits(self) -> list[Permit]:
        found: dict[tuple[bytes, float], Permit] = {}
        for got in self.witness.got:
            if got.word.kind == ROSTER:
                self._roster(got.word)
            elif not self._key(got.word, ANY_RIGHT):
                continue  # a forgery; it may not even have the shape of its kind
            elif got.word.kind == STOP:
                self._stop(got)
            elif got.word.kind in (ORDER, RELEASE, LIST):
                self.words[got.word.frame] = got
                for permit in self._completed(got):
                    found.setdefault((permit.name, round(permit.start, 3)), permit)
        return [self._with_stop(permit) for permit in found.values()]

    def _roster(self, word: Word) -> None:
        issuer, number = word.items[0], word.items[1]
        roots = self.witness.roots.get(issuer)
        keys = roster_keys(word, roots) if roots else None
        if keys is not None and number > self.rosters.get(issuer, (-1, {}))[0]:
            self.rosters[issuer] = number, keys

    def _key(self, word: Word, right: int) -> Key | None:
        key = self.rosters.get(word.items[0], (0, {}))[1].get(word.kid)
        if key is None or not key.rights & right or not word.by(key.public):
            return None
        return key

    def _stop(self, got: Got) -> None:
        issuer, _, upto, _, _, target = got.word.items
        meant = means(target, self.witness.siren, self.witness.groups, ())
        if meant and self._key(got.word, STOP_RIGHT):
            self.stops.append((got.at, issuer, upto))

    def _completed(self, last: Got) -> Iterator[Permit]:
        """Every valid order that this message completes, or would complete again."""
        releases = [g for g in self.words.values() if g.word.kind == RELEASE]
        for parts in self._whole_orders():
            name = name_of(*(part.word.frame for part in parts))
            for release in releases:
                if release.word.items[3] == name and (last is release or last in parts):
                    yield from self._permit((*parts, release), last)

    def _whole_orders(self) -> Iterator[tuple[Got, ...]]:
        """Orders, each with a list that it may mean where it means one."""
        lists = [g for g in self.words.values() if g.word.kind == LIST]
        for order in [g for g in self.words.values() if g.word.kind == ORDER]:
            target = order.word.items[8]
            if isinstance(target, list) and isinstance(target[0], int):
                yield from ((order, named) for named in lists if self._lists(order, named))
            else:
                yield (order,)

    def _lists(self, order: Got, listed: Got) -> bool:
        return (
            listed.word.items[1] == order.word.items[8][0]
            and listed.word.kid == order.word.kid
            and self._key(listed.word, RIGHT_OF[order.word.items[5]]) is not None
        )

    def _permit(self, parts: tuple[Got, ...], last: Got) -> Iterator[Permit]:
        order, release = parts[0].word, parts[-1].word
        issuer, _, counter, issued, life, mode, _, flat, target = order.items
        listed = tuple(parts[1].word.items[2]) if len(parts) == 3 else ()
        first, second = self._key(order, RIGHT_OF[mode]), self._key(release, RIGHT_OF[mode])
        if not first or not second:
            return
        if mode != SILENT and (first.person == second.person or 0 in (first.person, second.person)):
            return
        if not means(target, self.witness.siren, self.witness.groups, listed):
            return
        if last.clock_ok and last.local > min(issued + life, first.until, second.until):
            return
        programme = tuple(zip(flat[::2], flat[1::2], strict=True))
        begins = self._begins(order, release, programme, last)
        if begins is not None:
            error, since = last.local - last.at, min(part.at for part in parts)
            yield Permit(
                issuer, counter, mode, release.items[3], since, last.at, begins - error, last.boot,
                not last.clock_ok, programme, issued + life - error, None,
            )  # fmt: skip

    def _begins(
        self, order: Word, release: Word, programme: tuple[tuple[int, int], ...], last: Got
    ) -> float | None:
        """By the terminal's own clock, or None when it may not begin at all."""
        issued, mode, start = order.items[3], order.items[5], order.items[6]
        released, lead = release.items[4], release.items[5]
        pressed = any(0 <= last.at - at <= BUTTON_S for at in self.witness.pressed)
        if start is None:
            armed = lead is not None and 0 <= released - issued <= ARM_S and lead <= ARM_S
            if not armed or (mode == TRIAL and not pressed):
                return None
            if not last.clock_ok:
                return float(last.local + lead)
            in_time = last.local <= released + lead + LATE_S
            return float(min(released + lead, last.local + lead)) if in_time else None
        begins = issued + start
        planned = last.clock_ok and lead is None and issued <= released <= begins
        if not planned or last.local > begins + (0 if mode == TRIAL else LATE_S):
            return None
        if mode == TRIAL and not (pressed or self._by_day(issued, released, begins, programme)):
            return None
        return float(issued + start)

    def _by_day(
        self, issued: int, released: int, begins: int, programme: tuple[tuple[int, int], ...]
    ) -> bool:
        signal, at = programme[-1]
        first = (begins + programme[0][1] + BEIJING) % DAY
        last = begins + at + self.witness.lasting[signal][1] + BEIJING
        told = max(issued, released) <= begins - DAY
        return told and first >= EARLIEST and first <= last % DAY <= LATEST

    def _with_stop(self, permit: Permit) -> Permit:
        times = [
            at
            for at, issuer, upto in self.stops
            if issuer == permit.issuer and upto >= permit.counter
        ]
        if not times:
            return permit
        return Permit(**{**permit.__dict__, "stopped_at": min(times)})


def windows(
    permit: Permit, lasting: Mapping[int, Any], *, expired_too: bool = False
) -> Iterator[tuple[int, float, float]]:
    """(position, on, off) of every stroke that the permit covers, in true time."""
    for position, (signal, at) in enumerate(permit.programme):
        begins = permit.start + at
        if begins > permit.expires and not (permit.on_counter or expired_too):
            continue
        for on, off in lasting[signal][0]:
            yield position, begins + on, begins + off


def is_heard(permit: Permit) -> bool:
    return permit.mode in (LIVE, TRIAL)


def witness_words(frames: Iterator[tuple[float, bytes, float, bool, int]]) -> tuple[Got, ...]:
    """Readable messages out of (at, frame, local, clock_ok, boot)."""
    return tuple(
        Got(at, word, local, clock_ok, boot)
        for at, frame, local, clock_ok, boot in frames
        if (word := read(frame)) is not None
    )
