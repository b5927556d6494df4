"""Points, outcome and money: examples worked by hand, and what always holds."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.affairs.inspections.rating import Outcome, Parts, rate, subsidy_fen
from hudun.core.rule import all_rules

SCORES: dict[str, Any] = all_rules("maintenance_scores")[0].value
MONEY: dict[str, Any] = all_rules("maintenance_subsidies")[0].value
GOOD = Parts(scores=(950, 970), tasks_owed=10, tasks_done=10, test_valid=True)

grades = st.dictionaries(st.sampled_from(("一般", "较大", "重大")), st.integers(0, 4))
parts = st.builds(
    Parts,
    scores=st.lists(st.integers(0, 1000), min_size=1, max_size=5).map(tuple),
    vetoed=st.booleans(),
    tasks_owed=st.just(20),
    tasks_done=st.integers(0, 20),
    found=grades,
    late=grades,
    test_valid=st.booleans(),
)


def test_by_hand() -> None:
    """50 × 0.96 + 30 × 1 + 20 = 98; with 8 of 10 tasks and one late 较大: 48 + 24 + 11 = 83."""
    rated = rate(GOOD, SCORES)
    assert rated is not None
    assert (rated.tenths, rated.outcome) == (980, Outcome.EXCELLENT)
    worse = rate(replace(GOOD, tasks_done=8, found={"较大": 1}, late={"较大": 1}), SCORES)
    assert worse is not None
    assert (worse.tenths, worse.outcome) == (830, Outcome.QUALIFIED)
    assert worse.reasons == ("得分低于 90", "有隐患逾期")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"test_valid": False}, Outcome.QUALIFIED),
        ({"vetoed": True}, Outcome.MEND),
        ({"late": {"重大": 1}}, Outcome.MEND),
        ({"scores": (300,)}, Outcome.MEND),
        ({"open_kinds": ("防护设备拆改", "渗漏水")}, Outcome.DAMAGE),
        ({"open_kinds": ("渗漏水",)}, Outcome.EXCELLENT),
    ],
)
def test_outcomes(change: dict[str, Any], outcome: Outcome) -> None:
    rated = rate(replace(GOOD, **change), SCORES)
    assert rated is not None
    assert rated.outcome == outcome


def test_what_nobody_saw_is_not_rated() -> None:
    assert rate(Parts(tasks_owed=1, tasks_done=1, test_valid=True), SCORES) is None


def test_without_tasks_the_rest_counts_whole() -> None:
    rated = rate(replace(GOOD, tasks_owed=0, tasks_done=0, scores=(1000,)), SCORES)
    assert rated is not None
    assert rated.tenths == 1000


@given(parts)
def test_better_records_never_lower_it(given_: Parts) -> None:
    before = rate(given_, SCORES)
    assert before is not None
    assert 0 <= before.tenths <= 1000
    rank = [Outcome.DAMAGE, Outcome.MEND, Outcome.QUALIFIED, Outcome.EXCELLENT].index
    for better in (
        replace(given_, tasks_done=20),
        replace(given_, late={}),
        replace(given_, found={}),
        replace(given_, vetoed=False),
        replace(given_, test_valid=True),
        replace(given_, scores=tuple(1000 for _ in given_.scores)),
    ):
        after = rate(better, SCORES)
        assert after is not None
        assert after.tenths >= before.tenths
        assert rank(after.outcome) >= rank(before.outcome)


@pytest.mark.parametrize(
    ("area", "outcome", "fen"),
    [
        (2000, "qualified", 200_000),
        (3000, "qualified", 200_000 + 80_000),
        (12_000, "qualified", 200_000 + 640_000 + 120_000),
        (3000, "excellent", 336_000),
        (100, "qualified", 100_000),
        (3000, "mend", 0),
        (None, "damage", 0),
        (None, "qualified", None),
        (1234.5, "qualified", 123_500),
    ],
)
def test_money_by_hand(area: float | None, outcome: str, fen: int | None) -> None:
    assert subsidy_fen(area, outcome, MONEY) == fen


@given(st.floats(0, 100_000), st.floats(0, 100_000))
def test_more_area_never_less_money(one: float, other: float) -> None:
    low, high = sorted((one, other))
    less, more = (subsidy_fen(area, "qualified", MONEY) for area in (low, high))
    assert less is not None
    assert more is not None
    assert less <= more
    assert less % 100 == 0
