"""An order from the desk to the siren and back."""

from __future__ import annotations

from hudun.wire import office as desk
from hudun.wire.frames import State
from hudun.wire.office import Verdict, Why
from hudun.wire.tests.cast import NOON, Dispatch, People, Siren, play


def test_a_live_order_sounds_and_is_proved() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.collect()
    office.order(people.order(), at=NOON + 21)
    play(siren, NOON + 215)
    office.collect(at=NOON + 215)
    judged = office.verdicts()[1, 7, 0]
    assert (judged.verdict, judged.accurate) == (Verdict.FINISHED, True)
    assert judged.start_error_ms == 0 and judged.duration_ms == 174_000
    assert desk.SaveClosed(1, NOON + 215) in office.rows
    office.give(desk.Tick(), at=NOON + 220)
    assert siren.receipts == []


def test_a_dead_siren_is_silent_and_a_cut_one_unreachable() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.collect()
    office.order(people.order(), at=NOON + 21)
    play(siren, NOON + 215, works=False)
    office.collect(at=NOON + 215)
    assert office.verdicts()[1, 7, 0] == desk.Judgement(Verdict.SILENT, Why.NO_SOUND)
    office.cut = True
    office.order(people.order(2, issued=NOON + 300), at=NOON + 321)
    for second in range(330, 600):
        office.give(desk.Tick(), at=NOON + second)
    assert office.verdicts()[2, 7, 0] == desk.Judgement(Verdict.UNREACHABLE, Why.NO_WORD)


def test_a_stop_ends_the_sound_and_closes_the_order() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.collect()
    office.order(people.order(programme=((2, 0), (3, 300)), life=1200), at=NOON + 21)
    play(siren, NOON + 60)
    office.give(desk.StopSigned(people.stop(1), (7,)), at=NOON + 60)
    assert not siren.on(NOON + 61)
    office.collect()
    assert [r.state for r in office.rows if isinstance(r, desk.SaveReceipt)] == [
        State.ACCEPTED, State.SOUNDING, State.INTERRUPTED, State.STOPPED,
    ]  # fmt: skip
    verdicts = office.verdicts()
    assert verdicts[1, 7, 0].why is Why.STOPPED and verdicts[1, 7, 0].duration_ms is not None
    assert verdicts[1, 7, 1] == desk.Judgement(Verdict.INTERRUPTED, Why.STOPPED)
    assert desk.SaveStopped(1, NOON + 60, 1, 1) in office.rows
