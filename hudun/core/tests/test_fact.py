"""A number can be opened down to its records, and is never shown rounder than it is."""

from collections.abc import Iterator

import pytest

from hudun.core.fact import Value, ask, fact, facts
from hudun.core.organ import Organ, OrganKind
from hudun.core.testing import Stage


@pytest.fixture(autouse=True)
def own_facts() -> Iterator[None]:
    known = dict(facts)
    yield
    facts.clear()
    facts.update(known)


@pytest.mark.django_db
def test_a_ratio_opens_to_both_sides(stage: Stage) -> None:
    @fact("test.streets", label="街道占比", unit="%")
    def streets(organ: Organ, *, active: bool = True) -> Value:
        inside = Organ.objects.under(organ)
        return Value.ratio_of(inside.kind(OrganKind.SUBDISTRICT), inside, "/organs/")

    value = ask("test.streets", stage.tianxin, active=True)
    assert (value.number, value.denominator, value.label) == (2, 4, "街道占比")
    assert set(value.records or []) == {stage.pozijie, stage.chengnanlu}
    assert set(value.outside or []) == {stage.tianxin, stage.baishajing}
    assert value.shown == "50 %（2/4）"


def test_nothing_to_divide_by_is_not_zero() -> None:
    assert Value(0, 0).shown == "—" and Value(0, 0).ratio is None
    assert Value(None).shown == "—"


def test_a_count_has_its_unit() -> None:
    assert Value(12345, unit="台").shown == "12,345 台"


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(60, 60, "100 %"), (9_999, 10_000, "99.9 %"), (2, 3, "66.7 %")]
)
def test_only_all_of_them_is_a_hundred(part: int, whole: int, shown: str) -> None:
    assert Value(part, whole).shown.startswith(shown)


def test_two_facts_of_one_name_are_refused() -> None:
    fact("test.twice", label="x")(lambda organ: Value(1))
    with pytest.raises(ValueError, match=r"test\.twice"):
        fact("test.twice", label="x")(lambda organ: Value(1))
