"""The invariants, each a function from what truly happened to the sentences that are broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from hudun.wire.simulation.oracle.permits import (
    BUTTON_S,
    Permit,
    Witness,
    is_heard,
    windows,
)
from hudun.wire.simulation.oracle.reading import TRIAL
from hudun.wire.simulation.oracle.spans import Span, both, common, length, minus, union

DEAD_MAN_S = 2.0  # sound may outlive a killed program, or a stop, by this
SLACK_S = 0.25
BLINK_S = 2.5  # sound too short to have left a trace on the disk
FINISHED, INTERRUPTED, REFUSED, SILENT, UNPROVED, UNREACHABLE = range(1, 7)
ACCEPTED, REFUSED_WORD, STOPPED, NO_CLOCK = 1, 2, 8, 12


@dataclass(frozen=True)
class Truth:
    """One terminal after the run."""

    witness: Witness
    permits: tuple[Permit, ...]
    sounded: tuple[Span, ...]
    alone: tuple[Span, ...]
    measured: bool  # its driver has evidence
    dead: bool
    cut_off: tuple[Span, ...]  # when its line was down


@dataclass(frozen=True)
class Ordered:
    """A released order as it stands in an office's tables."""

    issuer: int
    counter: int
    mode: int
    name: bytes
    sirens: tuple[int, ...]
    programme: tuple[tuple[int, int], ...]
    frames: tuple[bytes, ...]
    useful: Span  # from its release until it can make nobody sound any more
    stopped: bool


@dataclass(frozen=True)
class Filed:
    """What an office has committed."""

    issuer: int
    orders: tuple[Ordered, ...]
    verdicts: Mapping[tuple[int, int, int], int]  # (counter, siren, position) → verdict
    closed: frozenset[int]
    receipts: Mapping[tuple[int, int], tuple[int, int, int]]  # (siren, number) → counter state what
    alarms: frozenset[int]  # sirens reported as sounding by themselves
    dead: tuple[Span, ...]  # when its dispatch was not running


def sounds_only_on_order(truth: Truth) -> Iterator[str]:
    """No sound without a valid order and release by two people, none expired, none after a stop."""
    heard = minus(truth.sounded, truth.alone)
    for begin, end in minus(heard, _allowed(truth)):
        why = "with no valid order by two people"
        if not minus([(begin, end)], _allowed(truth, heed_stops=False)):
            why = "after a stop"
        elif not minus([(begin, end)], _allowed(truth, expired_too=True)):
            why = "on an expired order"
        yield f"siren {truth.witness.siren} sounds {why} at {begin:.2f} for {end - begin:.2f} s"


def acts_once(truth: Truth) -> Iterator[str]:
    """At most one effect of an order: all its sound belongs to one start."""
    heard = minus(truth.sounded, truth.alone)
    for key in {(p.issuer, p.counter) for p in truth.permits if is_heard(p)}:
        mine = [p for p in truth.permits if (p.issuer, p.counter) == key]
        others = [p for p in truth.permits if (p.issuer, p.counter) != key]
        owed = minus(heard, [w for p in others for w in _reach(truth, p)])
        together = length(minus(owed, [w for p in mine for w in _reach(truth, p)]))
        alone = min(length(minus(owed, _reach(truth, p))) for p in mine)
        if together < BLINK_S <= alone:
            yield f"siren {truth.witness.siren} carries out order {key} twice"


def accepts_once(filed: Filed) -> Iterator[str]:
    """One acceptance for each order, unless its clock was lost in between."""
    accepted: set[tuple[int, int]] = set()
    for (siren, _), (counter, state, what) in sorted(filed.receipts.items()):
        if state == REFUSED_WORD and what == NO_CLOCK:
            accepted.discard((siren, counter))
        elif state == ACCEPTED:
            if (siren, counter) in accepted:
                yield f"siren {siren} accepts order {counter} of {filed.issuer} twice"
            accepted.add((siren, counter))


def acts_when_it_must(truth: Truth) -> Iterator[str]:
    """An order that reached a terminal whole, in time and unstopped is sounded.

    A reboot in the middle costs the time that it takes, and no more.
    """
    heard = union(truth.sounded)
    for permit in truth.permits:
        if not is_heard(permit) or truth.dead or not _undisturbed(truth, permit):
            continue
        lives = [(begin, end) for _, begin, end, _, _ in truth.witness.lives]
        gaps = pairwise(lives)
        dead = [(death, birth + SLACK_S) for (_, death), (birth, _) in gaps]
        due = minus([(on, off) for _, on, off in windows(permit, truth.witness.lasting)], dead)
        if common(heard, due) < 0.95 * length(due) - SLACK_S:
            yield f"siren {truth.witness.siren} does not sound order {permit.counter} as it must"


def ends_in_verdicts(filed: Filed) -> Iterator[str]:
    """Every released order has a verdict for every siren and signal, and is closed."""
    for order in filed.orders:
        for siren in order.sirens:
            for position in range(len(order.programme)):
                if (order.counter, siren, position) not in filed.verdicts:
                    yield f"no verdict: order {order.counter}, siren {siren}, signal {position}"
        if order.counter not in filed.closed:
            yield f"order {order.counter} of {filed.issuer} is not closed"


def reaches_whoever_it_can(
    filed: Filed, truths: Mapping[int, Truth], patience: float
) -> Iterator[str]:
    """Office, link and terminal well together for ``patience`` seconds bring the order."""
    for order in filed.orders:
        for siren in order.sirens if not order.stopped else ():
            truth = truths[siren]
            well = minus([order.useful], [*filed.dead, *truth.cut_off])
            lives = [(begin, end) for _, begin, end, _, _ in truth.witness.lives]
            there_at = _had(truth, order.frames)
            for begin, end in both(well, lives):
                if end - begin > patience and there_at > begin + patience:
                    yield f"order {order.counter} of {filed.issuer} does not reach siren {siren}"


def _had(truth: Truth, frames: tuple[bytes, ...]) -> float:
    """When the last of these had reached the terminal for the first time."""
    first: dict[bytes, float] = {}
    for got in truth.witness.got:
        first.setdefault(got.word.frame, got.at)
    return max(first.get(frame, float("inf")) for frame in frames)


def verdicts_are_true(filed: Filed, truths: Mapping[int, Truth]) -> Iterator[str]:
    """Finished means that it sounded; refused, silent, unreachable that it did not."""
    orders = {order.counter: order for order in filed.orders}
    for (counter, siren, position), verdict in filed.verdicts.items():
        order, truth = orders[counter], truths[siren]
        if order.mode == 3:
            if verdict == FINISHED and truth.dead:
                yield f"order {counter}: silent test of dead siren {siren} finished"
            continue
        if _only_refused(filed, siren, counter) and verdict != REFUSED:
            yield f"order {counter} was refused by siren {siren}, its verdict is {verdict}"
        share, heard, own = _heard(truth, order, position)
        label = f"order {counter}, siren {siren}, signal {position}: verdict {verdict}, "
        if verdict == FINISHED and share < 0.88:
            yield label + f"but {share:.0%} of it was heard"
        if verdict in (REFUSED, SILENT, UNREACHABLE) and heard > BLINK_S:
            yield label + f"but {heard:.1f} s were heard"
        if verdict not in (FINISHED, INTERRUPTED) and truth.measured and own > 0.99:
            yield label + "but it sounded whole"


def receipts_have_no_gap(filed: Filed, waiting: Mapping[int, int]) -> Iterator[str]:
    """``waiting``: receipts that a terminal still holds, after all links were well for long."""
    numbers: dict[int, set[int]] = {}
    for siren, number in filed.receipts:
        numbers.setdefault(siren, set()).add(number)
    for siren, given in numbers.items():
        if max(given) != len(given):
            yield f"receipts of siren {siren} at {filed.issuer} have a gap"
    for siren, count in waiting.items():
        if count:
            yield f"siren {siren} still holds {count} receipts for {filed.issuer}"


def sounding_alone_is_told(truth: Truth, filed: Filed) -> Iterator[str]:
    """A siren that sounds by itself is reported, where something measures it."""
    if not truth.measured or truth.witness.siren in filed.alarms:
        return
    for begin, end in truth.alone:
        due = [w for p in truth.permits for w in _whole(truth, p)]
        free = minus([(begin, end)], due)
        lives = [(b, e) for _, b, e, _, _ in truth.witness.lives]
        if any(common([span], lives) > 8 for span in free):
            yield f"siren {truth.witness.siren} sounded by itself at {begin:.1f}, nobody was told"


def _allowed(truth: Truth, *, heed_stops: bool = True, expired_too: bool = False) -> list[Span]:
    spans = []
    for permit in truth.permits:
        if is_heard(permit):
            spans += _reach(truth, permit, heed_stops=heed_stops, expired_too=expired_too)
    return union(spans)


def _reach(
    truth: Truth, permit: Permit, *, heed_stops: bool = True, expired_too: bool = False
) -> list[Span]:
    """Where sound may be by this permit, what a killed program leaves behind included."""
    last = permit.stopped_at if heed_stops and permit.stopped_at is not None else float("inf")
    deaths = [life[2] for life in truth.witness.lives]
    spans = []
    for _, on, off in windows(permit, truth.witness.lasting, expired_too=expired_too):
        begin, end = max(on, permit.at) - SLACK_S, min(off, last) + SLACK_S
        if end <= begin or (permit.on_counter and permit.stopped_at and permit.stopped_at < begin):
            continue
        spans.append((begin, end))
        spans += [(death, death + DEAD_MAN_S) for death in deaths if begin <= death <= end]
    return spans


def _whole(truth: Truth, permit: Permit) -> list[Span]:
    """From the first stroke to the last of each signal: silence in between included."""
    ends: dict[int, Span] = {}
    for position, on, off in windows(permit, truth.witness.lasting):
        ends[position] = (ends.get(position, (on, off))[0] - 3, off + 3)
    return list(ends.values())


def _undisturbed(truth: Truth, permit: Permit) -> bool:
    """Alive while it came, its clock known ever since, one order at a time, no roster, no stop."""
    spans = _whole(truth, permit)
    end = max((off for _, off in spans), default=float("inf"))
    if permit.stopped_at is not None or permit.at > permit.start or end > permit.expires:
        return False
    since = permit.at - BUTTON_S if permit.mode == TRIAL else permit.since
    lives = [(b, e, ok) for _, b, e, _, ok in truth.witness.lives if e >= permit.at]
    if not lives or lives[0][0] > since or not all(ok for b, _, ok in lives if b <= end):
        return False
    if any(g.word.kind == 6 and permit.since <= g.at <= permit.at for g in truth.witness.got):
        return False
    return not any(_disturbs(truth, permit, other, spans) for other in truth.permits)


def _disturbs(truth: Truth, permit: Permit, other: Permit, spans: list[Span]) -> bool:
    same = (other.issuer, other.counter) == (permit.issuer, permit.counter)
    if same:
        return other.name != permit.name or abs(other.start - permit.start) > SLACK_S
    return common(union(spans), union(_whole(truth, other))) > 0


def _only_refused(filed: Filed, siren: int, counter: int) -> bool:
    """The terminal said no, and never anything else about this order."""
    said = [word for (by, _), word in filed.receipts.items() if by == siren]
    stopped = any(state == STOPPED and upto >= counter for upto, state, _ in said)
    states = {state for about, state, _ in said if about == counter}
    return states == {REFUSED_WORD} and not stopped


def _heard(truth: Truth, order: Ordered, position: int) -> tuple[float, float, float]:
    """What was heard of a signal's sound, at whichever start suits best: the share of it, and the
    seconds and the share that no other order and no fault can account for."""
    heard, best, seconds, own = union(truth.sounded), 0.0, 0.0, 0.0
    clean = minus(heard, truth.alone)
    for permit in truth.permits:
        if permit.name != order.name:
            continue
        strokes = windows(permit, truth.witness.lasting)
        due = [(on, off) for at, on, off in strokes if at == position]
        rivals = [
            w for other in truth.permits if other.name != order.name for w in _whole(truth, other)
        ]
        best = max(best, common(heard, due) / max(length(due), 1e-9))
        seconds = max(seconds, common(minus(clean, rivals), due))
        own = max(own, seconds / max(length(due), 1e-9))
    return best, seconds, own
