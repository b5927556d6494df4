"""Puts a finished simulation before the invariants."""

from __future__ import annotations

from collections.abc import Iterator

from hudun.wire.office import Alert, SaveReceipt
from hudun.wire.simulation.desk import Desk
from hudun.wire.simulation.house import House
from hudun.wire.simulation.oracle import checks
from hudun.wire.simulation.oracle.checks import Filed, Ordered, Truth
from hudun.wire.simulation.oracle.permits import Reader, Witness, witness_words
from hudun.wire.simulation.oracle.reading import read
from hudun.wire.simulation.terminal import Heard, Terminal

# How long a healthy way may take to bring an order, by the share of messages that the weather
# drops: so many repeats that all of them being lost is no accident.
PATIENCE_S = {0.0: 75.0, 0.1: 260.0}


def stored(house: House, siren: int, office: int, frame: bytes) -> bool:
    """Whether a receipt that a terminal lets go of is committed, octet for octet."""
    word = read(frame)
    assert word is not None
    row = house.desks[office].tables.receipts.get((siren, word.items[1]))
    return row is not None and row.frame == frame


def broken(house: House) -> Iterator[str]:
    """Every invariant that does not hold at the end."""
    truths = {number: _truth(terminal) for number, terminal in house.terminals.items()}
    for truth in truths.values():
        yield from checks.sounds_only_on_order(truth)
        yield from checks.acts_once(truth)
        yield from checks.acts_when_it_must(truth)
    for office, desk in house.desks.items():
        filed = _filed(desk)
        yield from checks.ends_in_verdicts(filed)
        yield from checks.verdicts_are_true(filed, truths)
        yield from checks.accepts_once(filed)
        if (patience := PATIENCE_S.get(house.weather.drop)) is not None:
            yield from checks.reaches_whoever_it_can(filed, truths, patience)
        waiting = {n: _waiting(terminal, office) for n, terminal in house.terminals.items()}
        yield from checks.receipts_have_no_gap(filed, waiting)
    home = _filed(next(iter(house.desks.values())))
    for truth in truths.values():
        yield from checks.sounding_alone_is_told(truth, home)


def _truth(terminal: Terminal) -> Truth:
    witness = _witness(terminal)
    siren = terminal.siren
    return Truth(
        witness, tuple(Reader(witness).permits()), tuple(siren.sounded), tuple(siren.alone),
        siren.kind != 0, siren.dead, tuple(terminal.line.down),
    )  # fmt: skip


def _witness(terminal: Terminal) -> Witness:
    provision, diary = terminal.provision, terminal.diary
    lives = {life.boot: life for life in diary.lives}

    def seen(heard: Heard) -> tuple[float, bytes, float, bool, int]:
        life = lives[heard.boot]
        return heard.at, heard.frame, heard.at + life.error, life.clock_ok, heard.boot

    return Witness(
        terminal.number, provision.groups,
        {number: trust.roots for number, trust in provision.issuers.items()},
        {n: (_strokes(p.strokes, p.repeat), p.seconds) for n, p in provision.patterns.items()},
        witness_words(seen(h) for h in diary.heard if not (h.retained or h.lost)),
        tuple((e.boot, e.begins, e.ends, e.error, e.clock_ok) for e in diary.lives),
        tuple(diary.pressed),
    )  # fmt: skip


def _strokes(strokes: tuple[tuple[int, int], ...], repeat: int) -> tuple[tuple[int, int], ...]:
    """(on, off) seconds after the start, counted out anew."""
    spans, at = [], 0
    for _ in range(repeat):
        for on, off in strokes:
            spans.append((at, at + on))
            at += on + off
    return tuple(spans)


def _filed(desk: Desk) -> Filed:
    tables = desk.tables
    return Filed(
        desk.people.number,
        tuple(_ordered(counter, desk) for counter, row in tables.orders.items() if row.release),
        {(v.counter, v.siren, v.signal): int(v.judgement.verdict) for v in tables.verdicts},
        frozenset(tables.closed),
        {key: _said(row) for key, row in tables.receipts.items()},
        frozenset(a.siren for a in tables.alerts if _tells_unsolicited(a) and a.siren),
        tuple(desk.dead),
    )


def _ordered(counter: int, desk: Desk) -> Ordered:
    row = desk.tables.orders[counter]
    order, release = read(row.order), read(row.release or b"")
    assert order is not None and release is not None
    flat = order.items[7]
    programme = tuple(zip(flat[::2], flat[1::2], strict=True))
    issued, life, mode, start = order.items[3:7]
    begins = release.items[4] + (release.items[5] or 0) if start is None else issued + start
    last = sum(on + off for on, off in desk.patterns[flat[-2]].strokes)
    ends = min(begins + flat[-1] + last * desk.patterns[flat[-2]].repeat, issued + life)
    frames = tuple(frame for frame in (row.order, row.release, row.listed) if frame)
    return Ordered(
        desk.people.number, counter, mode, release.items[3], row.sirens, programme, frames,
        (row.released_at, ends), any(upto >= counter for upto, _, _ in desk.tables.stops),
    )  # fmt: skip


def _said(row: SaveReceipt) -> tuple[int, int, int]:
    word = read(row.frame)
    assert word is not None
    return word.items[3], word.items[5], word.items[7][0]


def _tells_unsolicited(alert: Alert) -> bool:
    return alert.kind == "unsolicited"


def _waiting(terminal: Terminal, office: int) -> int:
    return sum(key.startswith(f"receipt/{office}/") for key in terminal.disk)
