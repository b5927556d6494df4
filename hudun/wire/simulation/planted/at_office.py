"""Faults of the office machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hudun.wire import cose
from hudun.wire.frames import Acknowledgement, kid_octets
from hudun.wire.office.judge import Facts
from hudun.wire.office.types import (
    DeskKey,
    Effect,
    Event,
    Judgement,
    OfficeState,
    Publish,
    SaveReceipt,
    Verdict,
    Why,
)
from hudun.wire.simulation.planted.patching import always, plant
from hudun.wire.topics import Topic

STORED = "an acknowledged receipt is stored"
TRUE = "verdicts agree with the siren"
VERDICT = "every order ends in a verdict"
REACHED = "an order reaches whoever can be reached"

Step = Callable[[OfficeState, Event, float, DeskKey], tuple[OfficeState, list[Effect]]]


def _ack_first(step: Step) -> Step:
    """The acknowledgement leaves before the receipt is committed."""

    def faulty(
        state: OfficeState, event: Event, now: float, desk: DeskKey
    ) -> tuple[OfficeState, list[Effect]]:
        state, effects = step(state, event, now, desk)
        early = [_ack(state, e, desk) for e in effects if isinstance(e, SaveReceipt)]
        return state, [*early, *effects]

    return faulty


def _ack(state: OfficeState, saved: SaveReceipt, desk: DeskKey) -> Publish:
    word = Acknowledgement(state.office, saved.siren, state.received[saved.siren].upto)
    return Publish(Topic(saved.siren), cose.sign1(word.encode(), kid_octets(desk.kid), desk.key))


def _counts_the_highest(add: Callable[[Any, int], bool]) -> Callable[[Any, int], bool]:
    """A gap in the numbers is not noticed."""

    def faulty(received: Any, number: int) -> bool:
        new = add(received, number)
        received.upto = max(received.upto, number)
        return new

    return faulty


def _hopeful(by_deadline: Callable[[Facts], Judgement]) -> Callable[[Facts], Judgement]:
    """Accepted, and alive since: it will have sounded."""

    def faulty(known: Facts) -> Judgement:
        judged = by_deadline(known)
        return replace(judged, verdict=Verdict.FINISHED, why=Why.AS_ORDERED)

    return faulty


OFFICE_FAULTS = (
    plant("acknowledged_before_commit", STORED, ("simulation.desk", "machine.step", _ack_first)),
    plant("gap_acknowledged", STORED, ("office.types", "Received.add", _counts_the_highest)),
    plant("closed_as_finished", TRUE, ("office.judge", "_by_deadline", _hopeful)),
    plant("refusal_unheard", TRUE, ("office.judge", "_standing_refusal", always(None))),
    plant("deadline_forgotten", VERDICT, ("office.machine", "_set_deadlines", always(None))),
    plant("orders_lost_after_restart", VERDICT, ("office.resume", "_watch_order", always(None))),
    plant("redrive_lost_after_restart", REACHED, ("office.resume", "_set_timers", always(None))),
    plant("never_repeated", REACHED, ("office.machine", "repeat_order", always([]))),
)
