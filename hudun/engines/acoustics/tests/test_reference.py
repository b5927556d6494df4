"""The fast kernel against the slow reference, on random scenes."""

import random
from math import cos, pi, sin

import numpy as np

from hudun.engines.acoustics import (
    FLAT,
    Emission,
    Method,
    Terrain,
    band_levels,
    octave_absorption,
    receivers,
    scene,
)

from . import reference as slow

SCENES = 200
AGREE_DB = 0.01
SIZE = 500.0
XY = tuple[float, float]


def rectangle(pick: random.Random) -> list[XY]:
    x, y, turn = pick.uniform(0, SIZE), pick.uniform(0, SIZE), pick.uniform(0, pi)
    half, deep = pick.uniform(4, 30), pick.uniform(4, 20)
    corners = [(-half, -deep), (half, -deep), (half, deep), (-half, deep)]
    if pick.random() < 0.2:
        corners.insert(1, (0.0, -deep))
        first = pick.randrange(5)
        corners = corners[first:] + corners[:first]
    if pick.random() < 0.5:
        corners.reverse()
    return [
        (x + u * cos(turn) - v * sin(turn), y + u * sin(turn) + v * cos(turn)) for u, v in corners
    ]


def hilly(pick: random.Random) -> Terrain:
    rough = np.random.default_rng(pick.randrange(1 << 30)).uniform(0.0, pick.choice([3, 12]), 32**2)
    return FLAT._replace(heights=rough.reshape(32, 32), west=-60.0, south=-60.0, step=21.0)


def bilinear(terrain: Terrain, x: float, y: float) -> float:
    u, v = (x - terrain.west) / terrain.step, (y - terrain.south) / terrain.step
    i, j = int(u), int(v)
    z, u, v = terrain.heights, u - i, v - j
    low = z[j, i] * (1 - u) + z[j, i + 1] * u
    return float(low * (1 - v) + (z[j + 1, i] * (1 - u) + z[j + 1, i + 1] * u) * v)


def world(pick: random.Random) -> tuple[slow.World, Terrain]:
    found = slow.World(base=pick.choice([0.0, 0.5]))
    terrain = hilly(pick) if pick.random() < 0.4 else FLAT
    if terrain.heights.size:
        found.ground = lambda x, y: bilinear(terrain, x, y)
        found.step = terrain.step
    for _ in range(pick.choice([0, 1, 3, 12, 30])):
        ring = rectangle(pick)
        found.buildings.append((ring, found.ground(*ring[0]) + pick.uniform(3, 30)))
    for _ in range(pick.choice([0, 0, 1, 2])):
        ends = rectangle(pick)[-2:]
        found.barriers.append([(x, y, found.ground(x, y) + pick.uniform(2, 8)) for x, y in ends])
    for west in pick.sample([0.0, 150.0, 300.0], pick.randrange(4)):
        ring = [(west, 20.0), (west + 120, 20.0), (west + 140, 450.0), (west, 480.0)]
        found.areas.append((ring, pick.choice([0.0, 0.3, 1.0])))
    return found, terrain


def open_courtyards(pick: random.Random, given: slow.World) -> slow.End | None:
    """Some buildings get one or two; now and then the listener stands in the last."""
    listener = None
    for owner, (ring, _) in enumerate(given.buildings):
        if pick.random() < 0.5:
            continue
        x, y = (sum(corner[axis] for corner in ring) / len(ring) for axis in (0, 1))
        pulled = [[(x + k * (a - x), y + k * (b - y)) for a, b in ring] for k in (0.3, 0.7)]
        given.courtyards[owner] = [pulled[pick.randrange(2)]]
        listener = slow.End(x, y, 1.5)
    return listener if pick.random() < 0.4 else None


def shine(pick: random.Random, given: slow.World) -> None:
    """Some obstacles reflect everything, some little, some too little to count."""
    for _ in range(len(given.buildings) + len(given.barriers)):
        given.reflection.append([pick.choice([1.0, 0.8, 0.4, 0.1])] * 8)
        given.reflection[-1][pick.randrange(8)] = pick.random()


def place(pick: random.Random, height: float) -> slow.End:
    return slow.End(pick.uniform(0, SIZE), pick.uniform(0, SIZE), height)


def deviation(seed: int, reflections: bool = False, courtyards: bool = False) -> float:
    pick = random.Random(seed)
    given, terrain = world(pick)
    within = open_courtyards(pick, given) if courtyards else None
    if reflections:
        shine(pick, given)
    source = place(pick, pick.choice([1.0, 8.0, 30.0]))
    listener = within or place(pick, pick.choice([1.5, 4.0, 20.0]))
    general, edition = pick.random() < 0.7, pick.choice([1996, 2024])
    power = [pick.uniform(80, 120) for _ in range(8)]
    alpha = list(octave_absorption(10.0, 70.0))
    wanted = slow.levels(given, source, listener, power, alpha, general, edition)

    built = scene(
        [
            ([np.array(one) for one in (ring, *given.courtyards.get(owner, []))], top)
            for owner, (ring, top) in enumerate(given.buildings)
        ],
        [np.array(points) for points in given.barriers],
        terrain,
        [(np.array(ring), g) for ring, g in given.areas],
        given.base,
        reflection=[np.array(shares) for shares in given.reflection] or None,
    )
    z = source.z(given)
    linear = 10.0 ** (0.1 * np.array(power))
    emitted = Emission(source.x, source.y, z, source.height, linear, np.zeros((0, 0)))
    at = receivers(np.array([[listener.x, listener.y]]), listener.height, built)
    method = Method(
        10.0, 70.0, general=general, edition=edition, negligible=0.0, reflections=reflections
    )
    got = band_levels(emitted, at, built, method)[0]
    return float(np.abs(got - np.array(wanted)).max())


def test_two_hundred_random_scenes_agree() -> None:
    worst = max((deviation(seed), seed) for seed in range(SCENES))
    assert worst[0] <= AGREE_DB, f"scene {worst[1]} is off by {worst[0]:.3f} dB"


def test_two_hundred_random_scenes_with_reflections_agree() -> None:
    worst = max((deviation(seed, True), seed) for seed in range(SCENES))
    assert worst[0] <= AGREE_DB, f"scene {worst[1]} is off by {worst[0]:.3f} dB"


def test_two_hundred_random_scenes_with_courtyards_agree() -> None:
    worst = max((deviation(seed, seed % 2 == 0, True), seed) for seed in range(SCENES))
    assert worst[0] <= AGREE_DB, f"scene {worst[1]} is off by {worst[0]:.3f} dB"
