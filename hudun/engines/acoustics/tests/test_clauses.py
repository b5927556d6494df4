"""Corners of ISO 9613-2:1996 derived with pencil and paper, where the kernel and the slow reference
could share a mistake. Each docstring is the derivation; lengths in metres, results in dB.

λ(63) = 340/63 = 5.397, λ(500) = 0.68. A − Adiv − Aatm is Agr without
obstacles, Agr + Abar with them.
"""

import numpy as np
import pytest

from hudun.engines.acoustics import (
    FLAT,
    NOMINAL_HZ,
    Emission,
    Method,
    Scene,
    Terrain,
    band_levels,
    octave_absorption,
    receivers,
    scene,
)
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.relief import ground_height

Place = tuple[float, float, float]
FIRST, FOURTH, LAST = 0, 3, 7
"""63 Hz, 500 Hz, 8 kHz."""
SCREEN = 1e6
"""Half the length of a barrier that nothing gets round."""


def ground_and_screens(built: Scene, s: Place, r: Place, method: Method | None = None) -> Floats:
    """Agr + Abar per band; s, r: x, y, height above the ground there."""
    rules = method or Method()
    z = ground_height(built.terrain, s[0], s[1]) + s[2]
    emitted = Emission(s[0], s[1], z, s[2], np.ones(NOMINAL_HZ.size), np.zeros((0, 0)))
    at = receivers(np.array([r[:2]]), r[2], built)
    d = float(np.linalg.norm(at.points[0] - np.array([s[0], s[1], z])))
    air = octave_absorption(rules.celsius, rules.humidity)
    found: Floats = -(band_levels(emitted, at, built, rules)[0] + 20 * np.log10(d) + 11 + air * d)
    return found


def relief(*points: tuple[float, float]) -> Terrain:
    """(x, height) points, every ten metres a node, the same for all y."""
    x, heights = np.arange(-100.0, 1000.0, 10.0), np.array(points, float)
    row = np.interp(x, heights[:, 0], heights[:, 1])
    return FLAT._replace(heights=np.tile(row, (3, 1)), west=-100.0, south=-10.0, step=10.0)


def strip(low: float, high: float) -> Floats:
    return np.array([(low, -900.0), (high, -900.0), (high, 900.0), (low, 900.0)])


def block(west: float, east: float, half: float, south: float | None = None) -> Floats:
    low = -half if south is None else south
    return np.array([(west, low), (east, low), (east, half), (west, half)])


def screen(x: float, top: float) -> Floats:
    return np.array([(x, -SCREEN, top), (x, SCREEN, top)])


def test_end_regions_overlap_and_leave_no_middle() -> None:
    """7.3.1, dp 150 < 30 (5 + 1.5): the source region is cut at dp, so all 150 m, the receiver
    region is the last 45 m; they overlap. Porous (G 1) from 90 m on: Gs = 60/150 = 0.4, Gr = 1.
    c'(5) at 500 Hz = 1.5 + 14 exp(−0.46·25) (1 − exp(−3)) = 1.500; c'(1.5) = 6.226.
    Agr = −1.5 + 0.4·1.500 − 1.5 + 6.226 = 3.826; at 63 Hz −1.5 − 1.5, and no Am (q = 0)."""
    built = scene(areas=[(strip(90.0, 400.0), 1.0)])
    found = ground_and_screens(built, (0, 0, 5.0), (150, 0, 1.5))
    assert found[FOURTH] == pytest.approx(3.826, abs=0.001)
    assert found[FIRST] == pytest.approx(-3.0, abs=1e-9)


def test_the_middle_region_lies_between_the_other_two() -> None:
    """Table 3, dp 500: regions end at 60 and 455, q = 1 − 105/500 = 0.79. Porous from 200 to 300:
    Gm = 100/395 = 0.2532. Agr(500) = −1.5 − 1.5 − 3·0.79·0.7468 = −4.770; Agr(63), where Am is
    −3q whatever the ground, −5.370."""
    built = scene(areas=[(strip(200.0, 300.0), 1.0)])
    found = ground_and_screens(built, (0, 0, 2.0), (500, 0, 1.5))
    assert found[FOURTH] == pytest.approx(-4.770, abs=0.001)
    assert found[FIRST] == pytest.approx(-5.370, abs=0.001)


def test_heights_of_the_general_method_are_local() -> None:
    """7.3.1 knows only hs and hr above the ground and dp: a hollow between the ends, or a receiver
    on a slope, leaves Agr as it is on the flat (the line of sight is free: no Abar)."""
    flat = ground_and_screens(scene(base_factor=0.6), (0, 0, 4.0), (300, 0, 2.0))
    hollow = scene(terrain=relief((0, 0), (50, -9), (250, -9), (300, 0)), base_factor=0.6)
    slope = scene(terrain=relief((200, 0), (300, 9)), base_factor=0.6)
    for built in (hollow, slope):
        assert np.allclose(ground_and_screens(built, (0, 0, 4.0), (300, 0, 2.0)), flat, atol=1e-9)


def test_the_mean_height_is_area_over_distance() -> None:
    """7.3.2, Figure 3: both ends 4 m up, 200 m apart, a V ten metres deep between:
    F = 200·4 + ½·200·10 = 1800, hm = 9; Agr = 4.8 − (2·9/200) (17 + 300/200) = 3.135, and
    DΩ = 10 lg(1 + 200²/(200² + 8²)) = 3.007 (Eq. 11) goes against it."""
    built = scene(terrain=relief((0, 0), (100, -10), (200, 0)))
    found = ground_and_screens(built, (0, 0, 4.0), (200, 0, 4.0), Method(general=False))
    assert np.allclose(found, 3.135 - 3.007, atol=0.001)


RIDGE = ((20.0, 0.0), (50.0, 12.0), (80.0, 0.0))


@pytest.mark.parametrize("half", [SCREEN, 5.0])
def test_a_ridge_and_a_house_on_one_path_share_one_hull(half: float) -> None:
    """Hull over S (0, 2), ridge (50, 12), eaves (100, 15) and (120, 15), R (200, 2), heights above
    the datum: slopes 0.2, 0.06, 0, −0.1625 fall, so all three edges count.
    z = 50.990 + 50.090 + 20 + 81.049 − 200 = 2.129, e = 70.090;
    C3(500) = (1 + (3.4/70.09)²)/(⅓ + (3.4/70.09)²) = 2.986;
    Kmet = exp(−√(50.990·81.049·200/(2·2.129))/2000) = 0.8022;
    Dz = 10 lg(3 + 20/0.68·2.986·2.129·0.8022) = 21.84 < 25.
    Hard ground: Agr −3 stays, nothing is taken from Dz (Eq. 12 with Agr ≤ 0 as ISO/TR 17534-3
    reads it). A ridge has no vertical edges: no way round the sides even of a narrow house."""
    built = scene([(block(100, 120, half), 15.0)], terrain=relief(*RIDGE))
    found = ground_and_screens(built, (0, 0, 2.0), (200, 0, 2.0))
    q = 3.0 * (1 - 120 / 200)
    assert found[FOURTH] == pytest.approx(21.84 - 3.0 - q, abs=0.01)


def test_edges_under_the_hull_do_not_count() -> None:
    """From the ridge (50, 12) straight to R (200, 2) the hull is 8.67 m up at 100 m and 7.33 m at
    120 m: a house 7 m high there changes nothing, though it breaks the line of sight."""
    ridge = scene(terrain=relief(*RIDGE))
    low = scene([(block(100, 120, SCREEN), 7.0)], terrain=relief(*RIDGE))
    s, r = (0, 0, 2.0), (200, 0, 2.0)
    assert np.allclose(ground_and_screens(low, s, r), ground_and_screens(ridge, s, r), atol=1e-9)


def test_an_edge_just_below_the_line_of_sight() -> None:
    """7.4: z is negative where the line of sight passes above the edge. One metre below the middle
    of 100 m: z = −(2 √(50² + 1²) − 100) = −0.0200. 1996: Kmet = 1 for z ≤ 0, Dz(63) =
    10 lg(3 − 20/5.397·0.0200) = 4.663; at 8 kHz 3 − 9.4 < 1: Dz = 0.
    2024: zmin = −2·5.397/20 = −0.5397, Kmet = exp(−√(50.01·50.01·100/(2·0.5197))/2000) = 0.7826,
    Dz(63) = 10 lg(1 + (2 − 0.0741)·0.7826) = 3.992. Hard ground: Agr −3 − 3q."""
    built = scene(barriers=[screen(50.0, 9.0)])
    s, r = (0, 0, 10.0), (100, 0, 10.0)
    for edition, dz in ((1996, 4.663), (2024, 3.992)):
        method = Method(edition=edition)
        free = ground_and_screens(scene(), s, r, method)
        found = ground_and_screens(built, s, r, method) - free
        assert found[FIRST] == pytest.approx(dz, abs=0.002)
        assert found[LAST] == 0.0


def test_of_two_edges_below_the_line_the_nearer_to_it_counts() -> None:
    s, r = (0, 0, 10.0), (100, 0, 10.0)
    both = scene(barriers=[screen(50.0, 9.0), screen(30.0, 8.0)])
    near = scene(barriers=[screen(50.0, 9.0)])
    assert np.allclose(ground_and_screens(both, s, r), ground_and_screens(near, s, r))


def test_ground_below_the_line_of_sight_is_no_obstacle() -> None:
    """Every ground would otherwise screen a source one metre above it (z = −0.1 at five metres
    would be 4 dB at 63 Hz on a plain): 7.4 speaks of objects."""
    s, r = (0, 0, 3.0), (200, 0, 3.0)
    swell = scene(terrain=relief((50, 0), (100, 2.5), (150, 0)))
    assert np.allclose(ground_and_screens(swell, s, r), ground_and_screens(scene(), s, r))


NOTCHED = [(-20, -10), (20, -10), (20, 10), (5, 10), (5, 4), (-5, 4), (-5, 10), (-20, 10)]


@pytest.mark.parametrize("ring", [block(-20, 20, 10), np.array(NOTCHED, float)])
def test_round_a_house_the_string_touches_its_outer_corners(ring: Floats) -> None:
    """S (−50, 0), R (50, 0), corners (∓20, ±10): z = 2 √(30² + 10²) + 40 − 100 = 3.246, e = 40,
    a notch in between is spanned. C3(500) = (1 + (3.4/40)²)/(⅓ + (3.4/40)²) = 2.958, Kmet = 1:
    Dz = 10 lg(3 + 20/0.68·2.958·3.246) = 24.55, no cap, nothing off for the ground (Eq. 13).
    Over the top, 400 m high, 25. Abar = −10 lg(10^−2.5 + 2·10^−2.455) = 19.93. Hard: Agr −3."""
    built = scene([(ring, 400.0)])
    found = ground_and_screens(built, (-50, 0, 5.0), (50, 0, 5.0))
    assert found[FOURTH] == pytest.approx(19.93 - 3.0, abs=0.01)


def test_the_string_goes_round_several_houses_at_once() -> None:
    """Left of S (0, 0) → R (100, 0) the corners (20, 10), (40, 10) of one house and (60, 16),
    (80, 16) of the next; from (20, 10) to (60, 16) the string is 13 m out at 40 m, so that (40, 10)
    is skipped. z = √(20² + 10²) + √(40² + 6²) + 20 + √(20² + 16²) − 100 = 8.420,
    e = 40.447 + 20 = 60.447. Right: an endless second house. Dz(500) = 10 lg(3 + 29.41·C3·8.420),
    C3 = 2.981: 28.70; over 400 m 25: Abar = −10 lg(10^−2.5 + 10^−2.870) = 23.46."""
    first, second = block(20, 40, 10.0, -SCREEN), block(60, 80, 16.0, -SCREEN)
    built = scene([(first, 400.0), (second, 400.0)])
    found = ground_and_screens(built, (0, 0, 5.0), (100, 0, 5.0))
    assert found[FOURTH] == pytest.approx(23.46 - 3.0, abs=0.01)


def test_where_the_ground_takes_more_than_the_screen() -> None:
    """Eq. (12): Abar = Dz − Agr > 0. Porous ground, ends 1.5 m up, 200 m apart: Agr(500) =
    −3 + 2·(1.5 + 14·exp(−1.035)·0.982) = 9.77; a wall a centimetre above the line of sight has
    Dz = 4.77 + a little: Abar = 0, the wall changes nothing at 500 Hz. At 63 Hz Agr = −3: it
    costs the whole Dz."""
    s, r = (0, 0, 1.5), (200, 0, 1.5)
    free = ground_and_screens(scene(base_factor=1.0), s, r)
    walled = ground_and_screens(scene(barriers=[screen(100.0, 1.51)], base_factor=1.0), s, r)
    assert free[FOURTH] == pytest.approx(9.77, abs=0.01)
    assert walled[FOURTH] == pytest.approx(free[FOURTH], abs=1e-9)
    assert walled[FIRST] - free[FIRST] == pytest.approx(4.77, abs=0.01)


def test_a_source_that_nearly_touches_a_wall() -> None:
    """Wall 10 m high 0.1 m from S, both ends 2 m up, 100 m apart: z = √(0.1² + 8²) +
    √(99.9² + 8²) − 100 = 8.2204, Kmet = exp(−√(8.0006·100.220·100/(2·8.2204))/2000) = 0.9657;
    Dz(63) = 10 lg(3 + 3.706·8.2204·0.9657) = 15.11; at 500 Hz 23.8, so the cap of 20 dB for one
    edge. Nothing is singular there."""
    built = scene(barriers=[screen(0.1, 10.0)])
    s, r = (0, 0, 2.0), (100, 0, 2.0)
    found = ground_and_screens(built, s, r) - ground_and_screens(scene(), s, r)
    assert found[FIRST] == pytest.approx(15.11, abs=0.01)
    assert found[FOURTH] == pytest.approx(20.0, abs=1e-9)


def with_courtyard() -> Scene:
    return scene([([block(50, 90, 40.0), block(60, 80, 30.0)], 15.0)])


def test_a_courtyard_hears_over_the_roof() -> None:
    """S (0, 2), eaves (50, 15) and, inside, (60, 15), R (70, 1.5): z = √(50² + 13²) + 10 +
    √(10² + 13.5²) − √(70² + 0.5²) = 8.460, e = 10, C3(63) = 8.281/7.614 = 1.0876,
    Kmet = exp(−√(51.662·16.800·70.002/(2·8.460))/2000) = 0.9705;
    Dz(63) = 10 lg(3 + 3.706·1.0876·8.460·0.9705) = 15.57, Agr −3. No way in round the sides."""
    found = ground_and_screens(with_courtyard(), (0, 0, 2.0), (70, 0, 1.5))
    assert found[FIRST] == pytest.approx(15.57 - 3.0, abs=0.01)


def test_a_courtyard_changes_nothing_outside() -> None:
    """Its eaves lie under the straight between the outer ones."""
    solid = scene([(block(50, 90, 40.0), 15.0)])
    for r in ((130, 0, 1.5), (95, 20, 8.0), (160, -70, 4.0)):
        there = ground_and_screens(with_courtyard(), (0, 0, 2.0), r)
        assert np.allclose(there, ground_and_screens(solid, (0, 0, 2.0), r), atol=1e-9)
