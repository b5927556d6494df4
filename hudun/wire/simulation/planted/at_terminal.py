"""Faults of the terminal machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hudun.wire.cose import Envelope
from hudun.wire.frames import Mode, Right, State
from hudun.wire.simulation.planted.patching import always, plant, value
from hudun.wire.terminal.types import Effect, FrameArrived, IssuerState, Save, Turn
from hudun.wire.terminal.window import Window

MACHINE, RULES, EVIDENCE = "terminal.machine", "terminal.rules", "terminal.evidence"
NO_ORDER = "no sound without a valid order and release by two people"
ONCE = "at most one effect per order"
STOP = "stop beats start"
EXPIRY = "expired never acts"
STORED = "an acknowledged receipt is stored"
TRUE = "verdicts agree with the siren"
TRIAL = "the trial rule"
ALONE = "a siren sounding by itself is told"
ACTS = "an order that must act does act"


def _window_lost(record: Callable[[IssuerState], bytes]) -> Callable[[IssuerState], bytes]:
    return lambda held: record(replace(held, window=Window()))


def _orders_not_kept(effects: Callable[[Turn], list[Effect]]) -> Callable[[Turn], list[Effect]]:
    def faulty(turn: Turn) -> list[Effect]:
        kept = effects(turn)
        return [e for e in kept if not (isinstance(e, Save) and e.key.startswith("order/"))]

    return faulty


def _sent_before_saved(effects: Callable[[Turn], list[Effect]]) -> Callable[[Turn], list[Effect]]:
    return lambda turn: sorted(effects(turn), key=lambda effect: isinstance(effect, Save))


def _receipts_not_kept(effects: Callable[[Turn], list[Effect]]) -> Callable[[Turn], list[Effect]]:
    def faulty(turn: Turn) -> list[Effect]:
        kept = effects(turn)
        return [e for e in kept if not (isinstance(e, Save) and e.key.startswith("receipt/"))]

    return faulty


def _stop_forgotten(arrived: Callable[[Turn, Envelope], None]) -> Callable[[Turn, Envelope], None]:
    """The sound ends, but nothing remembers why."""

    def faulty(turn: Turn, envelope: Envelope) -> None:
        before = {issuer: held.stopped_upto for issuer, held in turn.state.issuers.items()}
        arrived(turn, envelope)
        for issuer, upto in before.items():
            turn.update_issuer(issuer, stopped_upto=upto)

    return faulty


def _as_if_published(arrived: Callable[[Turn, FrameArrived], None]) -> Any:
    return lambda turn, event: arrived(turn, replace(event, retained=False))


NO_PROGRESS = [None, None, 0.0, 0, None, None, False]
ANY_RIGHT = dict.fromkeys(Mode, Right(0))

TERMINAL_FAULTS = (
    plant(
        "window_not_stored",
        ONCE,
        ("terminal.disk", "issuer_record", _window_lost),
        (MACHINE, "_effects", _orders_not_kept),
    ),
    plant("order_not_stored", ACTS, (MACHINE, "_effects", _orders_not_kept)),
    plant("progress_not_stored", TRUE, ("terminal.disk", "_progress_items", always(NO_PROGRESS))),
    plant("receipt_not_kept", STORED, (MACHINE, "_effects", _receipts_not_kept)),
    plant("effect_before_save", STORED, (MACHINE, "_effects", _sent_before_saved)),
    plant("stop_not_remembered", STOP, (MACHINE, "stop_arrived", _stop_forgotten)),
    plant("stop_leaves_sound_on", STOP, ("terminal.stop", "_end", always(None))),
    plant("same_person_accepted", NO_ORDER, (RULES, "two_people", always(True))),
    plant("signature_unchecked", NO_ORDER, ("cose", "Envelope.signed_by", always(True))),
    plant(
        "trial_right_signs_live",
        NO_ORDER,
        (RULES, "RIGHT_FOR_MODE", value(ANY_RIGHT)),
        ("terminal.admission", "RIGHT_FOR_MODE", value(ANY_RIGHT)),
    ),
    plant("retained_accepted", NO_ORDER, (MACHINE, "_frame_arrived", _as_if_published)),
    plant("old_roster_accepted", NO_ORDER, ("terminal.trust", "_number", always(-1))),
    plant("target_unchecked", NO_ORDER, ("frames", "Target.addresses", always(True))),
    plant("arm_window_unchecked", NO_ORDER, (RULES, "_immediate_fault", always(None))),
    plant("expiry_unchecked", EXPIRY, ("terminal.schedule", "in_time", always(True))),
    plant("trial_rule_unchecked", TRIAL, (RULES, "_announced", always(True))),
    plant("finished_without_evidence", TRUE, (EVIDENCE, "_ending", always(State.FINISHED))),
    plant("unsolicited_untold", ALONE, (EVIDENCE, "_watch_unsolicited", always(None))),
    plant("deaf_to_orders", ACTS, (MACHINE, "order_arrived", always(None))),
)
