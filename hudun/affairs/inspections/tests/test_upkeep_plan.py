"""The plan of upkeep: every turn in its period, the load of the weeks level, always the same."""

from collections import Counter
from datetime import date, timedelta
from math import ceil
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hudun.affairs.inspections.upkeep import (
    Need,
    PeriodItem,
    level,
    occurrences,
    read_periods,
    week_of,
    weeks_of,
    windows,
)
from hudun.core.rule import all_rules

years = st.integers(2020, 2060)
PERS = ("月", "季度", "半年", "年")


def item(key: str, per: str, times: int = 1, **more: Any) -> PeriodItem:
    return PeriodItem(key, "通用", key, "常规", times, per, "0", **more)


plans = st.lists(st.sampled_from(PERS), max_size=8).map(
    lambda pers: [item(f"i{n}", per) for n, per in enumerate(pers)]
)


def needs_of(items: list[PeriodItem], year: int, assets: int, keepers: int) -> list[Need]:
    return [
        Need(f"k{a % keepers}", f"A{a}", one.item.key, one.number, one.weeks)
        for a in range(assets)
        for one in occurrences(items, (), year, f"A{a}", {})
    ]


@given(years)
def test_every_week_belongs_to_one_window_of_each_kind(year: int) -> None:
    weeks = weeks_of(year)
    assert {len(weeks)} <= {52, 53}
    for per, count in zip(PERS, (12, 4, 2, 1), strict=True):
        parts = windows(year, per)
        assert len(parts) == count
        assert [week for part in parts for week in part] == list(weeks)
        assert min(map(len, parts)) >= 52 // count - 1
    assert weeks_of(year + 1)[0] == weeks[-1] + timedelta(days=7)
    assert all(week_of(week + timedelta(days=6)) == week for week in weeks)


@given(plans, years, st.integers(1, 6), st.integers(1, 3))
def test_each_turn_in_its_period(
    items: list[PeriodItem], year: int, assets: int, keepers: int
) -> None:
    needs = needs_of(items, year, assets, keepers)
    placed = level(needs)
    assert len(placed) == len(needs)
    for one in items:
        for asset in range(assets):
            mine = [week for (a, i, _), week in placed.items() if (a, i) == (f"A{asset}", one.key)]
            for window in windows(year, one.per):
                assert len([week for week in mine if week in window]) == 1


@settings(max_examples=60)
@given(plans, years, st.integers(1, 12), st.integers(1, 3))
def test_the_load_of_the_weeks_is_level(
    items: list[PeriodItem], year: int, assets: int, keepers: int
) -> None:
    needs = needs_of(items, year, assets, keepers)
    placed = level(needs)
    for keeper in {need.keeper for need in needs}:
        load = Counter(placed[need.key] for need in needs if need.keeper == keeper)
        for month in windows(year, "月"):
            in_month = [load[week] for week in month]
            assert max(in_month) - min(in_month) <= 1
        loads = [load[week] for week in weeks_of(year)]
        mine = Counter(
            one.per for one in items for a in range(assets) if f"k{a % keepers}" == keeper
        )
        assert max(loads) - min(loads) <= bound(mine)


def bound(tasks: Counter[str]) -> int:
    """What windows of unequal length force: months of 4 and 5 weeks, quarters of 12 to 14."""
    monthly, quarterly = tasks["月"], 3 * tasks["月"] + tasks["季度"]
    by_month = ceil(monthly / 4) - monthly // 5
    by_quarter = ceil(quarterly / 12) - quarterly // 14
    return max(1, by_month) + max(1, by_quarter)


@given(plans, years, st.integers(1, 4), st.randoms())
def test_the_same_whatever_the_sequence(
    items: list[PeriodItem], year: int, assets: int, random: Any
) -> None:
    needs = needs_of(items, year, assets, 2)
    shuffled = list(needs)
    random.shuffle(shuffled)
    assert level(needs) == level(shuffled)


def test_what_is_planned_stays_and_weighs() -> None:
    weeks = windows(2026, "月")[0]
    held = {("A1", "x", 1): ("k", weeks[0]), ("A2", "x", 1): ("k", weeks[1])}
    placed = level([Need("k", "A3", "x", 1, weeks)], held)
    assert placed == {("A3", "x", 1): weeks[2]}


def test_an_asset_is_visited_once_for_several_things() -> None:
    weeks = windows(2026, "月")[0]
    placed = level([Need("k1", "A", "x", 1, weeks[2:3]), Need("k2", "A", "y", 1, weeks)])
    assert set(placed.values()) == {weeks[2]}


@given(st.text("ABCDEF", min_size=1, max_size=6), st.integers(2, 5), years)
def test_what_recurs_after_years(code: str, every: int, year: int) -> None:
    one = item("i", f"{every}年")
    due = [y for y in range(year, year + 2 * every) if list(occurrences([one], (), y, code, {}))]
    assert len(due) == 2
    assert due[1] - due[0] == every
    late = [y for y in range(year, year + 9) if list(occurrences([one], (), y, code, {"i": year}))]
    assert late[0] == year + every


def test_before_the_floods() -> None:
    one = item("pump", "半年", before="04-14")
    first, second = occurrences([one], (), 2026, "A", {})
    assert first.weeks[-1] == date(2026, 4, 6)
    assert second.weeks == windows(2026, "半年")[1]


def test_systems_decide_and_the_file_is_whole() -> None:
    for entry in all_rules("maintenance_periods"):
        items = read_periods(entry.value)
        assert len(items) == 55
        assert all(one.clause for one in items)
        bare = {o.item.key for o in occurrences(items, (), 2026, "A", {})}
        assert bare == {"3.0.5"}
        water = {o.item.system for o in occurrences(items, ("给排水供油",), 2026, "A", {})}
        assert water == {"通用", "给排水供油"}
        every = list(occurrences(items, {i.system for i in items}, 2026, "A", {}))
        assert len([o for o in every if o.item.key == "5.1.1-4"]) == 12
