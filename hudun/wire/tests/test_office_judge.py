"""The verdict table: what is known of one signal at one siren, and how it is judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hudun.wire.frames import Evidence, Offset, Reason, Receipt, State
from hudun.wire.office import Facts, Judgement, Verdict, Why, explain, judge
from hudun.wire.signals import PATTERNS
from hudun.wire.tests.cast import NOON, OFFICE

DEADLINE = NOON + 180 + 60
NOTHING = Facts(
    PATTERNS[2], False, NOON, accepted=False, refused=None, stopped=False, sounding=None,
    ended=None, gap=False, heard_at=0.0, released_at=NOON - 30,
)  # fmt: skip


KNOWN = Offset(12, 40)


def said(
    state: State, at: float, number: int = 5, *, evidence: int = Evidence.CURRENT,
    amount: int = 90_000, offset: Offset | None = KNOWN,
) -> Receipt:  # fmt: skip
    return Receipt(
        7, number, OFFICE, 1, 0, state, round(at * 1000), evidence, amount, offset
    )  # fmt: skip


BEGAN = said(State.SOUNDING, NOON + 0.4, 4, amount=0)
ENDED = said(State.FINISHED, NOON + 174.2)
ALIVE = {"heard_at": NOON + 100.0}
ACCEPTED = {"accepted": True, "heard_at": NOON - 5.0}

TABLE = [
    ("no word", {}, Verdict.UNREACHABLE, Why.NO_WORD),
    ("alive, no order", ALIVE, Verdict.UNREACHABLE, Why.NOT_ACCEPTED),
    ("accepted, then lost", ACCEPTED, Verdict.UNREACHABLE, Why.LOST_AFTER_ACCEPTING),
    ("accepted, alive", ACCEPTED | ALIVE, Verdict.SILENT, Why.NOT_SOUNDED),
    ("lost while sounding", {"sounding": BEGAN}, Verdict.INTERRUPTED, Why.LOST_WHILE_SOUNDING),
    ("refused", {"refused": Reason.NO_RIGHT}, Verdict.REFUSED, Why.REFUSED),
    ("finished", {"sounding": BEGAN, "ended": ENDED}, Verdict.FINISHED, Why.AS_ORDERED),
    ("no sound", {"ended": said(State.SILENT, NOON)}, Verdict.SILENT, Why.NO_SOUND),
    ("unproved", {"ended": said(State.UNPROVED, NOON)}, Verdict.UNPROVED, Why.NO_EVIDENCE),
    ("cut short", {"ended": said(State.INTERRUPTED, NOON)}, Verdict.INTERRUPTED, Why.CUT_SHORT),
    ("stopped", {"accepted": True, "stopped": True}, Verdict.INTERRUPTED, Why.STOPPED),
    (
        "stopped while sounding",
        {"stopped": True, "sounding": BEGAN, "ended": said(State.INTERRUPTED, NOON + 9)},
        Verdict.INTERRUPTED, Why.STOPPED,
    ),
    (
        "finished without evidence", {"ended": replace(ENDED, evidence=Evidence.NONE)},
        Verdict.UNPROVED, Why.NO_EVIDENCE,
    ),
    (
        "finished by a self test", {"ended": replace(ENDED, evidence=Evidence.SELF_TEST)},
        Verdict.UNPROVED, Why.NO_EVIDENCE,
    ),
    (
        "finished with too little sound",
        {"sounding": BEGAN, "ended": replace(ENDED, amount=80_000)},
        Verdict.INTERRUPTED, Why.CUT_SHORT,
    ),
    (
        "silent order finished",
        {"silent_mode": True, "ended": replace(ENDED, evidence=Evidence.SELF_TEST, amount=0)},
        Verdict.FINISHED, Why.AS_ORDERED,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("_", "known", "verdict", "why"), TABLE, ids=[row[0] for row in TABLE])
def test_verdict(_: str, known: dict[str, object], verdict: Verdict, why: Why) -> None:
    judged = judge(replace(NOTHING, **known), DEADLINE)  # type: ignore[arg-type]
    assert judged is not None and (judged.verdict, judged.why) == (verdict, why)
    assert explain(judged)


@pytest.mark.parametrize(
    "known",
    [{}, ALIVE, ACCEPTED, ACCEPTED | {"sounding": BEGAN}, {"refused": Reason.UNKNOWN_KEY}],
)
def test_before_the_deadline_a_word_may_still_come(known: dict[str, object]) -> None:
    assert judge(replace(NOTHING, **known), DEADLINE - 0.1) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", list(Reason))
def test_a_refusal_that_cannot_change_is_told_at_once(reason: Reason) -> None:
    judged = judge(replace(NOTHING, refused=reason), NOON)
    final = reason in {
        Reason.EXPIRED, Reason.STOPPED, Reason.START_PASSED, Reason.LATE_RELEASE, Reason.REPLAY,
    }  # fmt: skip
    assert (judged == Judgement(Verdict.REFUSED, Why.REFUSED, reason)) is final


def test_nothing_is_judged_while_an_earlier_receipt_is_missing() -> None:
    known = replace(NOTHING, ended=ENDED, gap=True)
    assert judge(known, DEADLINE - 1) is None
    judged = judge(known, DEADLINE)
    assert judged is not None and judged.verdict is Verdict.FINISHED


@pytest.mark.parametrize(
    ("began", "ended", "accurate"),
    [
        (BEGAN, ENDED, True),
        (said(State.SOUNDING, NOON + 1.0, 4), said(State.FINISHED, NOON + 175), True),
        (said(State.SOUNDING, NOON + 1.1, 4), said(State.FINISHED, NOON + 175.1), False),
        (said(State.SOUNDING, NOON - 1.1, 4), ENDED, False),
        (BEGAN, said(State.FINISHED, NOON + 175.5), False),
        (BEGAN, said(State.FINISHED, NOON + 173.3), False),
        (said(State.SOUNDING, NOON, 4, offset=None), ENDED, False),
    ],
)
def test_accuracy(began: Receipt, ended: Receipt, accurate: bool) -> None:
    judged = judge(replace(NOTHING, sounding=began, ended=ended), NOON + 180)
    assert judged is not None and judged.verdict is Verdict.FINISHED
    assert judged.accurate is accurate
    assert judged.start_error_ms == began.at_ms - NOON * 1000
    assert judged.duration_ms == ended.at_ms - began.at_ms
