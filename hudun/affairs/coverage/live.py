"""Trying out: sirens switched off or moved, and the new figures at once.

Moving a siren takes its raster away from the running sum and adds the new one. What decides is
reckoned first: only where the others are not heard does the moved siren matter to the figures. The
rest of its raster, for the picture and the overlap, follows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np

from hudun.core.error import Problem
from hudun.core.planner import Run
from hudun.engines.acoustics import Method, Siren
from hudun.engines.acoustics.audible import Mask, Rule, figures
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.kept import Kept, units
from hudun.engines.acoustics.raster import Levels, level_cells
from hudun.geodata.projection import GeodataError

from .asking import Settings
from .inputs import Town
from .places import by_street, shares
from .run import LISTENER_M, ground_of, zones_of
from .surveying import kept_rasters, rules_of, town_of
from .told import figures_told, places_told, zones_told

SHOWN_ZONES = 10
PORTION = 8_192
"""Cells between two looks whether somebody waits for something newer."""
HELD = 2
Place = tuple[float, float]


class Live:
    def __init__(self, town: Town, rule: Rule, method: Method, levels: list[Levels]) -> None:
        self.town, self.method = town, method
        self.original = levels
        self.kept = Kept(levels)
        self.needed = rule.threshold((town.grid.rows, town.grid.columns))
        self.needed_units = units(self.needed)
        self.ground = ground_of(town)
        self.sirens = list(town.sirens)
        self.moved: dict[int, Place] = {}
        self.done: dict[int, Mask] = {}
        """Of moved sirens: the cells that are reckoned so far."""

    def set(self, off: set[int], moved: dict[int, Place], executor: Executor) -> None:
        """From whatever was tried before to this; afterwards every verdict is right."""
        for index in set(self.moved) - set(moved):
            self.back(index)
        for index, place in moved.items():
            if self.moved.get(index) != place:
                self.move(index, place)
        for index in range(len(self.sirens)):
            self.kept.switch(index, on=index not in off)
        for index in self.done:
            if index not in self.kept.off:
                self.fill(index, self.kept.energy < self.needed_units, executor)

    def back(self, index: int) -> None:
        del self.moved[index]
        self.done.pop(index, None)
        self.sirens[index] = self.town.sirens[index]
        self.kept.replace(index, self.original[index])

    def move(self, index: int, place: Place) -> None:
        siren = self.placed(self.town.sirens[index], place)
        self.sirens[index], self.moved[index] = siren, place
        shape = self.needed.shape
        self.done[index] = np.zeros(shape, bool)
        self.kept.replace(index, np.full(shape, -np.inf, np.float32))

    def placed(self, siren: Siren, place: Place) -> Siren:
        """On the roof where it was put on a building, and on the map."""
        try:
            x, y = map(float, self.town.plane.metres(np.array([place]))[0])
        except GeodataError as wrong:
            raise Problem("422.201") from wrong
        if not self.town.grid.holds(self.town.grid.cells(np.array([[x, y]])))[0]:
            raise Problem("422.201")
        return self.town.roofs.lifted(Siren(x, y, siren.height, siren.level))

    def fill(self, index: int, wanted: Mask, executor: Executor) -> None:
        cells = np.flatnonzero(wanted & ~self.done[index])
        if not len(cells):
            return
        levels = self.kept.levels[index].copy()
        levels.ravel()[cells] = level_cells(
            self.sirens[index], self.town.grid, cells, self.town.scene, self.method, executor,
            LISTENER_M,
        )  # fmt: skip
        self.done[index].ravel()[cells] = True
        self.kept.replace(index, levels)

    def complete(self, executor: Executor, overtaken: Callable[[], bool]) -> bool:
        """The rest of every moved raster; False if something newer is waiting."""
        for index, done in list(self.done.items()):
            left = np.flatnonzero(~done)
            for begin in range(0, len(left), PORTION):
                if overtaken():
                    return False
                portion = np.zeros(done.size, bool)
                portion[left[begin : begin + PORTION]] = True
                self.fill(index, portion.reshape(done.shape), executor)
            del self.done[index]
        return True

    def heard(self) -> Mask:
        found: Mask = self.kept.energy >= self.needed_units
        return found

    def told(self, heard: Mask) -> dict[str, Any]:
        town = self.town
        nobody = np.zeros(heard.shape, np.int64)
        zones = zones_of(town, heard)
        found = shares(town.crowd, town.grid, heard, self.ground)
        return {
            "figures": figures_told(figures(town.grid, heard, nobody, self.ground, town.people)),
            "zones": zones_told(town, zones[:SHOWN_ZONES]),
            "zone_count": len(zones),
            "places": places_told(found),
            "streets": places_told(by_street(found)),
            "heights": {str(index): self.sirens[index].height for index in self.moved},
        }

    def overlap(self) -> list[float]:
        """Share of the built-up ground that hears 0, 1, 2 … sirens, each alone."""
        on = [one for index, one in enumerate(self.kept.levels) if index not in self.kept.off]
        alone = np.zeros(self.needed.shape, np.int64)
        for one in on:
            alone += one >= self.needed
        counts: Floats = np.bincount(alone[self.ground]) / max(int(self.ground.sum()), 1)
        return [round(float(share), 5) for share in counts]


_lives: OrderedDict[UUID, Live] = OrderedDict()
_lock = Lock()


def live_of(run: Run) -> Live:
    """Read once; the last ones stay in the memory of the planner."""
    with _lock:
        if run.pk not in _lives:
            _lives[run.pk] = loaded(run)
        _lives.move_to_end(run.pk)
        while len(_lives) > HELD:
            _lives.popitem(last=False)
        return _lives[run.pk]


def loaded(run: Run) -> Live:
    town = town_of(run.ask)
    rule, method = rules_of(town, Settings.of(run.ask["settings"]))
    return Live(town, rule, method, kept_rasters(run.folder, len(town.sirens)))
