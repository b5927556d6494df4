"""An office that could not hear blames no siren for its own deafness."""

from __future__ import annotations

import pytest

from hudun.wire import office as desk
from hudun.wire.office.judge import GRACE_S
from hudun.wire.tests.cast import NOON, Dispatch, People, Siren, play

STARTS, ENDS = NOON + 30, NOON + 30 + 180


def sounding_unheard() -> Dispatch:
    """A siren has played the whole signal, and nothing of it came through."""
    people = People()
    office = Dispatch(people, Siren(people))
    office.order(people.order(), at=NOON + 21)
    office.collect()
    play(office.sirens[7], ENDS + 10)
    return office


def ticked(office: Dispatch, *times: float) -> None:
    for at in times:
        office.give(desk.Tick(), at=at)


def words(office: Dispatch) -> list[desk.Verdict]:
    return [judgement.verdict for judgement in office.verdicts().values()]


@pytest.mark.parametrize("back", [ENDS + 5, ENDS + GRACE_S + 1, ENDS + 3600])
def test_a_siren_has_its_grace_after_the_line_is_back(back: float) -> None:
    office = sounding_unheard()
    office.give(desk.Listening(), at=back)
    ticked(office, back, back + GRACE_S - 1)
    assert words(office) == []
    office.collect(back + GRACE_S - 1)
    assert words(office) == [desk.Verdict.FINISHED]
    assert not any(row.late for row in office.rows if isinstance(row, desk.SaveVerdict))


def test_the_grace_ends_and_every_order_has_its_verdict() -> None:
    office = sounding_unheard()
    back = ENDS + GRACE_S - 1
    office.give(desk.Listening(), at=back)
    ticked(office, back + GRACE_S - 0.5, back + GRACE_S + 0.5)
    assert words(office) == [desk.Verdict.UNREACHABLE]
    assert isinstance(office.rows[-1], desk.SaveClosed)


def test_a_verdict_once_given_is_still_amended_by_a_late_word() -> None:
    office = sounding_unheard()
    ticked(office, ENDS + GRACE_S + 1)
    office.give(desk.Listening(), at=ENDS + GRACE_S + 2)
    office.collect(ENDS + GRACE_S + 3)
    assert words(office) == [desk.Verdict.FINISHED]
