"""What is due below a building, and the fee instead: worked examples, then what holds for all."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.affairs.works import problems  # noqa: F401
from hudun.affairs.works.levy import Assessment, Building, Project, Terms, Use, assess, terms_of
from hudun.core.error import Problem
from hudun.core.rule import all_rules

DAY = date(2026, 11, 1)


def terms(province: str | None) -> Terms:
    """Without the database: an office's own value is tried out on the page."""
    return terms_of(next(r for r in all_rules("levy") if r.province == province and r.holds(DAY)))


def house(area: str, first: str = "0", floors: int = 1, use: Use = Use.DWELLING) -> Building:
    return Building("1号楼", use, Decimal(area), Decimal(first), floors)


def done(province: str | None, city_class: str, *buildings: Building, **more: Any) -> Assessment:
    return assess(Project(buildings, city_class, **more), terms(province))


@pytest.mark.parametrize(
    ("city_class", "due"),
    [
        ("一类城市", "5500.00"),
        ("二类城市", "5000.00"),
        ("三类城市", "4500.00"),
        ("第四档地区", "4000.00"),
        ("第五档地区", "3500.00"),
    ],
)
def test_zhejiang_dwellings(city_class: str, due: str) -> None:
    result = done("33", city_class, house("50000"))
    assert result.required == Decimal(due)
    assert result.must_build, "above 1,000 m² no fee may stand for it"
    assert result.fee is None


@pytest.mark.parametrize(("area", "due"), [("1999.99", "0.00"), ("2000", "160.00")])
def test_zhejiang_asks_for_nothing_below_2000_m2_of_other_buildings(area: str, due: str) -> None:
    assert done("33", "一类城市", house(area, use=Use.OTHER)).required == Decimal(due)


def test_zhejiang_counts_dwellings_and_others_apart() -> None:
    result = done("33", "二类城市", house("8000"), house("3000.5", use=Use.OTHER))
    assert result.required == Decimal("800.00") + Decimal("210.04")  # 3000.5 × 7 % = 210.035
    assert not result.may_pay


def test_zhejiang_fee_and_late_fee_up_to_the_fee_itself() -> None:
    small = house("8000")  # 880 m² due
    asked = {"price_fen": 250_000, "price_source": "样例"}
    result = done("33", "一类城市", small, late_days=10, **asked)
    assert result.may_pay
    assert result.fee == 220_000_000
    assert result.late == 4_400_000  # 0.2 % × 10 days
    assert done("33", "一类城市", small, late_days=501, **asked).late == 220_000_000


def test_no_price_is_made_up() -> None:
    result = done("33", "一类城市", house("8000"))
    assert result.may_pay
    assert result.fee is None


def test_henan_takes_7_percent_and_1700_yuan() -> None:
    tall = house("10000", first="900")
    result = done("41", "全省", tall)
    assert result.required == Decimal("700.00")
    assert result.fee == 119_000_000, "700 m² × ¥1,700; less than the first floor"
    assert done("41", "全省", house("10000", first="600")).must_build
    assert done("41", "全省", house("10000", first="600"), unsuited=True).fee == 119_000_000


def test_what_is_built_is_not_paid_for() -> None:
    result = done("41", "全省", house("10000"), unsuited=True, built=Decimal("650.5"))
    assert (result.missing, result.fee) == (Decimal("49.50"), 8_415_000)
    all_built = done("41", "全省", house("10000"), unsuited=True, built=Decimal(700))
    assert (all_built.missing, all_built.fee) == (Decimal(0), None)
    assert not all_built.may_pay


@pytest.mark.parametrize(
    ("first", "due"), [("199.99", "200"), ("200", "200.00"), ("200.01", "200.01"), ("0", "0.00")]
)
def test_chongqing_counts_little_as_200(first: str, due: str) -> None:
    result = done("50", "一类重点城市", house("3000", first=first, floors=11))
    assert result.required == Decimal(due)


def test_the_nation_takes_the_first_floor_of_high_or_deep_buildings() -> None:
    high = house("30000", first="1200", floors=10, use=Use.OTHER)
    deep = Building("2号楼", Use.OTHER, Decimal(900), Decimal(300), 2, Decimal(3))
    result = done(None, "其他城市（含县城）", high, deep)
    assert result.required == Decimal("1500.00")


def test_the_nation_leaves_a_range_to_the_city() -> None:
    low = house("20000", first="4000", floors=5, use=Use.OTHER)
    with pytest.raises(Problem, match=r"422\.140"):
        done(None, "一类重点城市", low)
    with pytest.raises(Problem, match=r"422\.140"):
        done(None, "一类重点城市", low, percent=Decimal("3.9"))
    assert done(None, "一类重点城市", low, percent=Decimal("4.5")).required == Decimal("900.00")


def test_low_dwellings_count_in_key_cities_only() -> None:
    low = house("6000", first="1000", floors=6)
    assert done(None, "三类重点城市", low).required == Decimal("1000.00")
    assert done(None, "其他城市（含县城）", low).required == 0


def test_a_zone_counts_from_the_first_square_metre() -> None:
    small = house("1000", floors=3, use=Use.OTHER)
    share = {"percent": Decimal(4)}
    assert done(None, "一类重点城市", small, **share).required == 0
    assert done(None, "一类重点城市", small, in_zone=True, **share).required == Decimal("40.00")


def test_a_factory_is_named_and_free() -> None:
    result = done("41", "全省", house("9000", use=Use.INDUSTRIAL))
    assert result.required == 0
    assert "不属于民用建筑" in result.steps[0].how


def test_a_class_of_another_province_is_refused() -> None:
    with pytest.raises(Problem, match=r"422\.141"):
        done("33", "全省", house("9000"))


def test_what_was_not_read_in_the_original_is_said() -> None:
    for rule in all_rules("levy"):
        assert terms_of(rule).unchecked, rule.version


AREAS = st.decimals(0, 1_000_000, places=2)
ZHEJIANG = st.sampled_from(terms("33").classes)


@given(AREAS, AREAS, ZHEJIANG, st.sampled_from([Use.DWELLING, Use.OTHER]))
def test_more_building_never_means_less_shelter(
    one: Decimal, two: Decimal, city_class: str, use: Use
) -> None:
    small, large = (house(str(a), use=use) for a in sorted((one, two)))
    assert done("33", city_class, small).required <= done("33", city_class, large).required


@given(AREAS, st.integers(0, 1_000_000))
def test_rounded_once_and_to_the_nearest(area: Decimal, price_fen: int) -> None:
    result = done("41", "全省", house(str(area)), unsuited=True, price_fen=price_fen)
    assert abs(result.required - area * 7 / 100) <= Decimal("0.005")
    if result.missing:
        assert result.fee is not None
        assert abs(result.fee - result.missing * price_fen) <= Decimal("0.5")


@given(st.lists(AREAS, min_size=1, max_size=5), st.integers(0, 5000))
def test_the_printed_steps_add_up_to_the_printed_sum(areas: list[Decimal], days: int) -> None:
    uses = (Use.DWELLING, Use.OTHER)
    buildings = tuple(house(str(a), use=uses[i % 2]) for i, a in enumerate(areas))
    result = assess(Project(buildings, "三类城市", late_days=days, price_fen=1), terms("33"))
    printed = [s for s in result.steps if s.clause.startswith(("住宅", "地面建筑面积"))]
    numbers = [Decimal(s.result.removesuffix(" m²").replace(",", "")) for s in printed]
    assert sum(numbers) == result.required
    assert result.late <= (result.fee or 0)
