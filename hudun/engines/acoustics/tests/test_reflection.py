"""What must hold of reflections whatever the scene (ISO 9613-2, 7.5)."""

from math import log10

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hudun.engines.acoustics import Method, Scene, Siren, band_levels, receivers, scene, source
from hudun.engines.acoustics.bands import NOMINAL_HZ, Floats
from hudun.engines.acoustics.facets import facets

Place = tuple[float, float]
places = st.tuples(st.floats(0, 300), st.floats(0, 300))
QUIET = settings(max_examples=40, deadline=None)
PLAIN, SHINING = Method(negligible=0.0), Method(reflections=True, negligible=0.0)


def box(x: float, y: float, half: float) -> Floats:
    return np.array(
        [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    )


HALF_M = 12.0
MIDDLES = np.random.default_rng(5).uniform(40, 260, (12, 2))


def town() -> Scene:
    pick = np.random.default_rng(6)
    rings = [(box(x, y, HALF_M), pick.uniform(6, 18)) for x, y in MIDDLES]
    return scene(rings, base_factor=0.4)


def outdoors(*places: Place) -> bool:
    """Nothing is reckoned for an end inside a building."""
    return all((np.abs(MIDDLES - place).max(axis=1) > HALF_M).all() for place in places)


def between(built: Scene, a: Place, high: float, b: Place, low: float, method: Method) -> Floats:
    emitted = source(Siren(*a, high, 110.0), built)
    levels: Floats = band_levels(emitted, receivers(np.array([b]), low, built), built, method)[0]
    return levels


def gain(built: Scene, a: Place, b: Place, high: float = 2.0, low: float = 2.0) -> Floats:
    lit = between(built, a, high, b, low, SHINING)
    found: Floats = lit - between(built, a, high, b, low, PLAIN)
    return found


@QUIET
@given(places, st.floats(1.5, 25.0), places, st.floats(1.5, 25.0))
def test_a_reflection_never_takes_away(a: Place, high: float, b: Place, low: float) -> None:
    assume(outdoors(a, b))
    assert (gain(town(), a, b, high, low) >= -1e-9).all()


@QUIET
@given(places, st.floats(1.5, 25.0), places, st.floats(1.5, 25.0))
def test_source_and_receiver_may_change_places(a: Place, high: float, b: Place, low: float) -> None:
    assume(outdoors(a, b))
    there = between(town(), a, high, b, low, SHINING)
    assert np.allclose(there, between(town(), b, low, a, high, SHINING), atol=1e-6)


def wall(*ends: Place, top: float = 60.0, rho: float = 1.0) -> Scene:
    return scene(barriers=[np.array([(x, y, top) for x, y in ends])], reflection=[rho])


def test_at_an_endless_rigid_wall_the_energy_doubles() -> None:
    endless = wall((-9000.0, 0.0), (9000.0, 0.0), top=9000.0)
    assert np.allclose(gain(endless, (0.0, 200.0), (30.0, 0.01)), 10 * log10(2.0), atol=0.005)
    grey = wall((-9000.0, 0.0), (9000.0, 0.0), top=9000.0, rho=0.5)
    assert np.allclose(gain(grey, (0.0, 200.0), (30.0, 0.01)), 10 * log10(1.5), atol=0.005)


def test_a_far_wall_adds_nothing() -> None:
    assert (gain(wall((-50.0, -9e4), (50.0, -9e4)), (0.0, 0.0), (80.0, 0.0)) < 1e-4).all()


@pytest.mark.parametrize(
    "ends",
    [((40.0, 0.0), (90.0, 0.0)), ((-90.0, 0.0), (-1.0, 0.0))],
)
def test_the_point_of_reflection_must_lie_on_the_wall(ends: tuple[Place, Place]) -> None:
    """Between (0, 30) and (60, 30) it is (30, 0)."""
    assert not gain(wall(*ends), (0.0, 30.0), (60.0, 30.0)).any()


def test_the_point_of_reflection_must_be_below_the_top() -> None:
    """From 20 m to 4 m half way it is 12 m up."""
    for top, reflects in ((12.5, True), (11.5, False)):
        found = gain(wall((-90.0, 0.0), (90.0, 0.0), top=top), (0, 30), (60, 30), 20.0, 4.0)
        assert found.any() == reflects


def test_behind_a_building_nothing_is_reflected() -> None:
    built = scene([(box(0.0, 0.0, 20.0), 40.0)], reflection=[1.0])
    assert not gain(built, (-60.0, 0.0), (60.0, 5.0)).any()
    assert gain(built, (-60.0, 30.0), (-60.0, -30.0)).any()


def test_a_small_surface_reflects_only_short_waves() -> None:
    """Eq. (19) by hand: l 4 m, β 45°, ds = dr = 30 √2: 1/λ > 2 / 8 · 15 √2 = 5.30, 1,803 Hz."""
    found = gain(wall((28.0, 0.0), (32.0, 0.0)), (0.0, 30.0), (60.0, 30.0))
    assert ((found > 0.0) == (NOMINAL_HZ > 1803.0)).all()


def test_a_wall_measured_in_pieces_is_one_surface() -> None:
    x = np.linspace(-30.0, 90.0, 31)
    whole, pieces = wall((-30.0, 0.0), (90.0, 0.0)), wall(*((float(at), 0.0) for at in x))
    there = gain(whole, (0.0, 30.0), (60.0, 30.0))
    assert np.allclose(there, gain(pieces, (0.0, 30.0), (60.0, 30.0)))
    ring = [(0, -5), (5, -5), (5, 0), (5, 5), (0, 5), (-5, 5), (-5, 0), (-5, -5)]
    assert len(facets(scene([(np.array(ring, float), 9.0)]).obstacles)[0]) == 4


def test_what_stands_before_a_mirror_screens_the_reflection() -> None:
    long, screen = [(-90.0, 0.0, 60.0), (90.0, 0.0, 60.0)], [(20.0, 5.0, 9.0), (20.0, 20.0, 9.0)]
    walls = [np.array(long), np.array(screen)]
    screened = gain(scene(barriers=walls, reflection=[1.0, 0.0]), (0, 30), (60, 30))
    free = gain(wall((-90.0, 0.0), (90.0, 0.0)), (0, 30), (60, 30))
    assert (screened < free - 0.3).all()


def test_a_wall_with_a_taller_neighbour_against_it_reflects_nothing() -> None:
    """Above a lower neighbour's roof it does: the path is 2 m up where it meets the wall."""
    high = np.array([(-40.0, -20.0), (40.0, -20.0), (40.0, 0.0), (-40.0, 0.0)])
    against = np.array([(-40.0, 0.0), (40.0, 0.0), (40.0, 3.0), (-40.0, 3.0)])
    plain = scene([(high, 30.0)], reflection=[1.0])
    assert gain(plain, (-30.0, 30.0), (30.0, 30.0)).any()
    for roof, reflects in ((9.0, False), (1.0, True)):
        built = scene([(high, 30.0), (against, roof)], reflection=[1.0, 0.0])
        assert gain(built, (-30.0, 30.0), (30.0, 30.0)).any() == reflects
