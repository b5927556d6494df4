"""Tiles, executors, sums, and what a map comes to."""

from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from hudun.engines.acoustics import Method, Scene, Siren, scene
from hudun.engines.acoustics.audible import Rule, dead_zones, figures
from hudun.engines.acoustics.kept import Kept
from hudun.engines.acoustics.raster import (
    Grid,
    Levels,
    level_cells,
    level_raster,
    tiles,
    together,
)

GRID = Grid(0.0, 0.0, 5.0, 150, 140)


def town() -> Scene:
    square = np.array([(0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0)])
    return scene([(square + np.array([x, y]), 15.0) for x in (200, 300, 400) for y in (200, 400)])


def level(executor: Executor, x: float = 250.0) -> Levels:
    return level_raster(Siren(x, 320.0, 20.0, 90.0), GRID, town(), Method(), executor)


def test_tiles_cover_the_grid_once() -> None:
    seen = np.zeros((GRID.rows, GRID.columns), int)
    for tile in tiles(GRID, 64):
        seen[tile.rows, tile.columns] += 1
    assert (seen == 1).all()


def test_any_executor_gives_the_same_answer() -> None:
    with ThreadPoolExecutor(2) as threads:
        one = level(threads)
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        assert np.array_equal(one, level(processes))


@pytest.mark.slow
def test_a_cluster_gives_the_same_answer() -> None:
    distributed = pytest.importorskip("distributed")
    with ThreadPoolExecutor(1) as threads:
        one = level(threads)
    with distributed.Client(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as client:
        assert np.array_equal(one, level(client.get_executor()))


def test_switching_and_moving_are_sums() -> None:
    with ThreadPoolExecutor(1) as pool:
        here, there = level(pool), level(pool, 450.0)
    needed = Rule(60.0, 5.0, 58.0).threshold(here.shape)
    kept = Kept([here, there])
    assert np.array_equal(kept.heard(needed), together([here, there]) >= needed)
    assert np.abs(kept.summed() - together([here, there])).max() < 0.001
    kept.switch(1, on=False)
    assert np.array_equal(kept.heard(needed), here >= needed)
    kept.switch(1, on=True)
    kept.replace(1, here)
    assert (kept.heard(needed) >= (here >= needed)).all()


def test_a_thousand_changes_leave_the_very_sum_of_a_fresh_start() -> None:
    pick = np.random.default_rng(3)
    levels = [pick.uniform(-40.0, 130.0, (20, 30)).astype(np.float32) for _ in range(12)]
    levels[3][4, 5], levels[4][0, 0] = np.nan, -np.inf
    kept = Kept(levels)
    for step in range(1000):
        index = int(pick.integers(len(levels)))
        if step % 3:
            kept.switch(index, on=bool(pick.integers(2)))
        else:
            kept.replace(index, pick.uniform(-40.0, 130.0, (20, 30)).astype(np.float32))
    standing = [one for index, one in enumerate(kept.levels) if index not in kept.off]
    assert np.array_equal(kept.energy, Kept(standing).energy)
    assert 0 < len(kept.off) < len(levels)


def test_some_cells_have_the_levels_of_the_whole_raster() -> None:
    some = np.random.default_rng(4).choice(GRID.size, 3000, replace=False)
    siren = Siren(250.0, 320.0, 20.0, 90.0)
    with ThreadPoolExecutor(2) as pool:
        whole = level_raster(siren, GRID, town(), Method(), pool)
        found = level_cells(siren, GRID, some, town(), Method(), pool)
    assert np.array_equal(found, whole.ravel()[some])


def test_figures_and_dead_zones() -> None:
    grid = Grid(0.0, 0.0, 10.0, 6, 4)
    heard, ground = np.zeros((4, 6), bool), np.ones((4, 6), bool)
    heard[:, 2:4] = True
    people = np.zeros((4, 6))
    people[0, 0], people[3, 5], people[1, 2] = 30.0, 70.0, 100.0
    got = figures(grid, heard, heard.astype(np.int64), ground, people)
    assert got.area_share == pytest.approx(1 / 3)
    assert got.people_share == 0.5
    assert got.overlap == pytest.approx((2 / 3, 1 / 3))
    zones = dead_zones(grid, heard, ground, people)
    assert [(zone.people, zone.area_m2) for zone in zones] == [(70.0, 800.0), (30.0, 800.0)]
    assert (zones[0].x, zones[0].y) == (55.0, 35.0)
