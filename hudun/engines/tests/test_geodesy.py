"""Datums: known points, exact inverses, distances that people can check on a map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.engines.geodesy import (
    Datum,
    LonLat,
    bearing_deg,
    distance_m,
    from_cgcs2000,
    in_china_box,
    to_cgcs2000,
)

# Mainland points away from the box's edge, where a shifted point may fall outside it.
POINTS = st.builds(LonLat, st.floats(73.5, 135.0), st.floats(18.0, 53.5))
SHIFTED = st.sampled_from([Datum.GCJ02, Datum.BD09])
CHANGSHA = LonLat(112.9834, 28.1127)


@pytest.mark.parametrize(
    ("true", "shifted"),
    [
        (LonLat(121.5272106, 31.1774276), LonLat(121.531541859215, 31.17530398364597)),
        (LonLat(113.912316, 22.543847), LonLat(113.9171764808363, 22.540796131694766)),
        (LonLat(116.377817, 39.911954), LonLat(116.38404722455657, 39.91334545536069)),
    ],
)
def test_gcj02_agrees_with_the_vectors_of_eviltransform(true: LonLat, shifted: LonLat) -> None:
    """Shanghai, Shenzhen and Beijing of github googollee/eviltransform, javascript/test.js."""
    assert from_cgcs2000(true, Datum.GCJ02) == pytest.approx(shifted, abs=1e-12)


def test_bd09_agrees_with_the_vector_of_coordtransform() -> None:
    """github wandergis/coordtransform, test/app.js."""
    true = to_cgcs2000(LonLat(116.404, 39.915), Datum.GCJ02)
    expected = LonLat(116.41036949371029, 39.92133699351021)
    assert from_cgcs2000(true, Datum.BD09) == pytest.approx(expected, abs=1e-10)


def test_shift_near_changsha_is_650_to_680_m_for_gcj02() -> None:
    assert 600 < distance_m(CHANGSHA, from_cgcs2000(CHANGSHA, Datum.GCJ02)) < 700


def test_outside_the_box_nothing_is_shifted() -> None:
    singapore = LonLat(103.85, 0.5)
    assert not in_china_box(singapore)
    assert from_cgcs2000(singapore, Datum.GCJ02) == singapore


@given(POINTS, SHIFTED)
def test_inverse_returns_within_a_millimetre(point: LonLat, datum: Datum) -> None:
    assert distance_m(point, to_cgcs2000(from_cgcs2000(point, datum), datum)) < 1e-3


@given(POINTS, SHIFTED)
def test_forward_of_inverse_returns_within_a_millimetre(point: LonLat, datum: Datum) -> None:
    assert distance_m(point, from_cgcs2000(to_cgcs2000(point, datum), datum)) < 1e-3


@given(POINTS)
def test_true_coordinates_pass_unchanged(point: LonLat) -> None:
    assert to_cgcs2000(point, Datum.CGCS2000) == point == from_cgcs2000(point, Datum.CGCS2000)


@given(POINTS, POINTS)
def test_distance_is_symmetric_and_nil_on_the_spot(a: LonLat, b: LonLat) -> None:
    assert distance_m(a, b) == pytest.approx(distance_m(b, a))
    assert distance_m(a, a) == 0


def test_a_degree_of_latitude_is_111_km() -> None:
    assert distance_m(LonLat(113, 28), LonLat(113, 29)) == pytest.approx(111_195, rel=1e-4)


@pytest.mark.parametrize(
    ("to", "bearing"),
    [((113, 29), 0.0), ((113.01, 28), 90.0), ((113, 27), 180.0), ((112.99, 28), 270.0)],
)
def test_bearing(to: tuple[float, float], bearing: float) -> None:
    assert bearing_deg(LonLat(113, 28), LonLat(*to)) == pytest.approx(bearing, abs=0.01)
