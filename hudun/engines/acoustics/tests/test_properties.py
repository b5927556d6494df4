"""What must hold whatever the scene: reciprocity, monotony, limit cases, sources."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hudun.engines.acoustics import (
    ELECTRIC,
    FLAT,
    Horn,
    Method,
    Receivers,
    Scene,
    Siren,
    band_levels,
    level_fema,
    octave_absorption,
    radius_120,
    radius_120_from_5m,
    radius_fema,
    receivers,
    scene,
    source,
    total,
    total_levels,
)
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.levels import COARSE

Place = tuple[float, float]
places = st.tuples(st.floats(0, 300), st.floats(0, 300))
heights = st.floats(1.5, 25.0)
QUIET = settings(max_examples=40, deadline=None)


def box(x: float, y: float, half: float) -> Floats:
    return np.array(
        [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    )


def town(count: int = 12, top: float = 12.0) -> Scene:
    pick = np.random.default_rng(5)
    rings = [
        (box(pick.uniform(40, 260), pick.uniform(40, 260), 12.0), top * pick.uniform(0.5, 1.5))
        for _ in range(count)
    ]
    return scene(rings, base_factor=0.4)


def between(built: Scene, a: Place, high: float, b: Place, low: float, method: Method) -> Floats:
    emitted = source(Siren(*a, high, 110.0), built)
    at = receivers(np.array([b]), low, built)
    levels: Floats = band_levels(emitted, at, built, method)[0]
    return levels


@QUIET
@given(places, heights, places, heights, st.booleans(), st.sampled_from([1996, 2024]))
def test_source_and_receiver_may_change_places(
    a: Place, high: float, b: Place, low: float, general: bool, edition: int
) -> None:
    built, method = town(), Method(general=general, edition=edition)
    there, back = between(built, a, high, b, low, method), between(built, b, low, a, high, method)
    assert np.allclose(there, back, atol=1e-6)


@QUIET
@given(places, heights, places, heights)
def test_nothing_in_the_way_is_free_field_and_ground(
    a: Place, high: float, b: Place, low: float
) -> None:
    method = Method()
    empty = between(scene(base_factor=0.4), a, high, b, low, method)
    far = scene([(box(5000.0, 5000.0, 10.0), 20.0)], base_factor=0.4)
    assert np.array_equal(empty, between(far, a, high, b, low, method))


@QUIET
@given(places, heights, places, heights)
def test_obstacles_never_make_it_louder(a: Place, high: float, b: Place, low: float) -> None:
    method = Method()
    empty = between(scene(base_factor=0.4), a, high, b, low, method)
    assert (between(town(), a, high, b, low, method) <= empty + 1e-9).all()


@QUIET
@given(st.floats(2.0, 40.0), st.floats(0.1, 10.0), st.sampled_from([1996, 2024]))
def test_a_higher_wall_never_lets_more_through(top: float, more: float, edition: int) -> None:
    found, method = [], Method(edition=edition, negligible=0.0)
    for height in (top, top + more):
        wall = scene(barriers=[np.array([(100.0, -5000.0, height), (100.0, 5000.0, height)])])
        found.append(between(wall, (0, 0), 10.0, (220, 3), 1.5, method))
    assert (found[1] <= found[0] + 1e-9).all()


def test_an_endless_high_wall_costs_the_cap() -> None:
    """20 dB over one edge; the ground's own loss is gained back (Eq. 12)."""
    wall = scene(barriers=[np.array([(100.0, -1e5, 90.0), (100.0, 1e5, 90.0)])])
    free = between(scene(), (0, 0), 10.0, (200, 0), 1.5, Method())
    screened = between(wall, (0, 0), 10.0, (200, 0), 1.5, Method())
    assert np.allclose(free - screened, 20.0, atol=0.05)


@QUIET
@given(st.floats(10.0, 900.0), st.floats(1.0, 50.0))
def test_further_is_quieter(distance: float, more: float) -> None:
    near = between(scene(), (0, 0), 15.0, (distance, 0), 15.0, Method())
    far = between(scene(), (0, 0), 15.0, (distance + more, 0), 15.0, Method())
    assert (far < near).all()


def test_a_siren_rated_at_30_m_gives_that_in_the_open() -> None:
    siren = Siren(0, 0, 5000.0, 115.0)
    at = Receivers(np.array([[30.0, 0.0, 5000.0]]), np.array([5000.0]), np.zeros(1))
    built = scene(base_factor=1.0)
    heard = band_levels(source(siren, built), at, built, Method())[0]
    air = octave_absorption(15.0, 70.0) * 30.0
    ground = np.array([3.0, 0, 0, 0, 0, 0, 0, 0])
    assert total(heard + air - ground, "A") == pytest.approx(115.0, abs=0.1)


def test_power_and_level_are_the_same_siren() -> None:
    by_level = Siren(0, 0, 10, 110.0).power_levels()
    by_power = Siren(0, 0, 10, 110.0 + 29.542 + 11.0, power=True).power_levels()
    assert np.allclose(by_level, by_power, atol=0.001)
    assert np.allclose(np.diff(by_level), np.diff(ELECTRIC))


def test_horns_point_where_they_are_turned() -> None:
    beam = ((0.0, 0.0), (90.0, -10.0), (180.0, -20.0))
    built = scene()
    around = np.array([(100.0, 0.0), (0.0, 100.0), (-100.0, 0.0)])
    at = receivers(around, 1.5, built)
    east = Siren(0, 0, 10, 110.0, horns=(Horn(0.0, beam),), rotation=90.0)
    heard = total_levels(source(east, built), at, built, Method())
    assert heard[0] - heard[1] == pytest.approx(10.0, abs=0.1)
    assert heard[0] - heard[2] == pytest.approx(20.0, abs=0.1)
    pair = Siren(0, 0, 10, 110.0, horns=(Horn(90.0, beam), Horn(270.0, beam)))
    both = total_levels(source(pair, built), at, built, Method())
    assert both[0] == pytest.approx(both[2], abs=1e-6)


def test_a_flat_siren_is_weaker_below() -> None:
    built = scene()
    flat = Siren(0, 0, 50.0, 110.0, horns=(Horn(vertical=((-90, -30), (-10, -10), (0, 0))),))
    at = receivers(np.array([(20.0, 0.0), (800.0, 0.0)]), 1.5, built)
    open_ = total_levels(source(Siren(0, 0, 50.0, 110.0), built), at, built, Method())
    lost = open_ - total_levels(source(flat, built), at, built, Method())
    assert lost[0] > 20.0
    assert lost[1] < 5.0


def dense(side: int) -> Scene:
    """A turned house on every forty metres."""
    pick = np.random.default_rng(20260000)
    rings = []
    for row, column in np.ndindex(side, side):
        (half, deep), turn = pick.uniform(5.0, 12.0, 2), pick.uniform(-0.3, 0.3)
        c, s = np.cos(turn), np.sin(turn)
        corners = np.array([(-half, -deep), (half, -deep), (half, deep), (-half, deep)])
        place = (np.array([column, row]) + 0.5) * 40.0
        rings.append(
            (corners @ np.array([[c, s], [-s, c]]) + place, pick.choice([6.0, 18.0, 33.0]))
        )
    return scene(rings, base_factor=0.3)


@pytest.mark.parametrize("near", [60.0, 70.0, 80.0])
def test_sides_only_near_the_threshold_keep_their_bound(near: float) -> None:
    """What is left out adds less than COARSE of the energy, and no verdict changes."""
    built = dense(12)
    emitted = source(Siren(260.0, 260.0, 30.0, 110.0), built)
    at = receivers(np.random.default_rng(1).uniform(0, 480, (4000, 2)), 1.5, built)
    everywhere = total_levels(emitted, at, built, Method())
    chosen = total_levels(emitted, at, built, Method(near=(near, 10.0)))
    close = np.abs(everywhere - near) <= 10.0
    off = np.abs(everywhere - chosen)[close].max(initial=0.0)
    assert close.sum() > 300
    assert off <= 10.0 * np.log10(1.0 + COARSE) + 0.001
    assert ((everywhere >= near) == (chosen >= near)).all()


@pytest.mark.parametrize("top", np.arange(10.5, 16.0, 0.5))
def test_a_string_pushed_out_to_one_corner_is_not_forgotten(top: float) -> None:
    """Round the house alone the string touches two corners, C3 near 3; fins behind it push it out
    to one corner each, C3 = 1, and 3 dB more come round than the house alone lets expect."""
    house = np.array([(90.0, -20.0), (110.0, -20.0), (110.0, 20.0), (90.0, 20.0)])
    fins = [np.array([(100.0, y, 90.0), (100.0, 1.2 * y, 90.0)]) for y in (-20.0, 20.0)]
    built = scene([(house, top)], fins)
    emitted = source(Siren(0.0, 0.0, 10.0, 110.0), built)
    at = receivers(np.array([(200.0, 0.0)]), 10.0, built)
    everywhere = total_levels(emitted, at, built, Method())[0]
    chosen = total_levels(emitted, at, built, Method(near=(everywhere - 5.0, 10.0)))[0]
    assert everywhere - chosen <= 10.0 * np.log10(1.0 + COARSE) + 0.001


def test_broken_input_is_refused() -> None:
    with pytest.raises(ValueError, match="not numbers"):
        scene(terrain=FLAT._replace(heights=np.array([[0.0, np.nan], [0.0, 0.0]])))
    with pytest.raises(ValueError, match="not a number"):
        scene([(box(0, 0, 5), float("nan"))])
    with pytest.raises(ValueError, match="metres"):
        scene([(box(0, 0, 5), 9.0), (box(1e9, 1e9, 5), 9.0)])
    with pytest.raises(ValueError, match="degrees"):
        scene([(box(113.0, 28.0, 1e-4), 9.0)])
    with pytest.raises(ValueError, match="corners"):
        scene([(np.array([(0.0, 0.0), (1.0, 1.0)]), 9.0)])
    with pytest.raises(ValueError, match="outside"):
        octave_absorption(80.0, 50.0)


def test_an_empty_scene_is_open_ground() -> None:
    heard = between(scene(), (0.0, 0.0), 10.0, (100.0, 0.0), 1.5, Method(reflections=True))
    assert np.array_equal(heard, between(scene(), (0.0, 0.0), 10.0, (100.0, 0.0), 1.5, Method()))
    assert np.isfinite(heard).all()


def test_no_receivers_and_receivers_at_the_siren() -> None:
    built = town()
    emitted = source(Siren(150.0, 150.0, 25.0, 100.0), built)
    none = receivers(np.zeros((0, 2)), 1.5, built)
    assert total_levels(emitted, none, built, Method()).size == 0
    under = receivers(np.array([(150.0, 150.0)]), 1.5, built)
    assert np.isfinite(total_levels(emitted, under, built, Method(reflections=True))).all()


def test_the_statutory_formula() -> None:
    assert radius_120(126.0, 55.0, 10.0) == pytest.approx(501.2, abs=0.1)
    assert radius_120(126.0, 60.0, 10.0) == pytest.approx(281.8, abs=0.1)
    assert radius_120_from_5m(120.0, 65.0, 10.0) == pytest.approx(5 * 10**1.9, rel=1e-9)
    with pytest.raises(ValueError, match="Lz"):
        radius_120(126.0, 55.0, 40.0)


def test_the_american_formula() -> None:
    assert radius_fema(120.0, 70.0) == pytest.approx(975.4, abs=1.0)
    assert level_fema(120.0, 60.96) == pytest.approx(110.0)
    assert level_fema(120.0, 5.0) == 120.0
