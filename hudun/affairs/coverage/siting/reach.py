"""What every candidate would reach alone, and with the sirens that stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from hudun.engines.acoustics import Method, Siren, level_at_1m, radius_120
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.raster import Levels
from hudun.engines.siting import Cover, cover
from hudun.engines.siting.answer import Integers

from . import sound
from .brief import Brief
from .candidates import Candidates
from .place import Field, Place
from .sound import Ask, Told

SILENT_DB = -100.0
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Reach:
    """cells: indices of the cells with weight; standing (s, n) and sites (c, n): dB at them, of the
    sirens that stand and of the candidates; needed (n): dB at which one is heard. By the quick
    formula a siren is just as loud as needed, or silent."""

    cells: Integers
    weight: Floats
    standing: Levels
    sites: Levels
    needed: Levels

    @property
    def summed(self) -> Floats:
        """Of the standing sirens together."""
        if not len(self.standing):
            return np.full(len(self.cells), SILENT_DB)
        energy = (10.0 ** (0.1 * self.standing.astype(float))).sum(axis=0)
        found: Floats = 10.0 * np.log10(energy)
        return found

    def cover(self, adds: bool) -> tuple[Cover, Integers]:
        """Candidates first, then what stands; and the numbers of the latter. adds: the levels of a
        candidate and of all that stands are summed, and these count as one; else each for itself.
        """
        if adds:
            before = self.summed
            energy = 10.0 ** (0.1 * self.sites.astype(float)) + 10.0 ** (0.1 * before)
            heard = energy >= 10.0 ** (0.1 * self.needed.astype(float))
            rows = [*heard, before >= self.needed]
        else:
            rows = [*(self.sites >= self.needed), *(self.standing >= self.needed)]
        count = len(self.sites)
        given = cover([np.flatnonzero(row) for row in rows], self.weight)
        return given, np.arange(count, len(rows))


def measured(
    place: Place, field: Field, found: Candidates, brief: Brief, executor: Executor, tell: Tell
) -> Reach:
    """tell(done, of) after every siren. Where what stands is heard, a candidate is not reckoned
    unless the question is about more than being heard."""
    weight = field.weight(brief.measure).ravel()
    cells = np.flatnonzero(weight > 0.0)
    needed, count = field.needed.ravel()[cells], len(place.sirens)
    sirens = [*place.sirens, *(found.siren(i, brief.level) for i in range(len(found)))]
    levels = np.full((len(sirens), len(cells)), SILENT_DB, np.float32)
    reach = Reach(cells, weight[cells], levels[:count], levels[count:], needed)

    def fill(first: int, last: int, where: Integers) -> None:
        asks = (Ask(index, sirens[index], cells[where]) for index in range(first, last))
        for told in answers(asks, place, field, brief, executor):
            at = np.searchsorted(cells, told.cells)
            levels[told.key, at] = np.maximum(told.levels, SILENT_DB)
            if told.last:
                tell(told.key + 1, len(sirens))

    fill(0, count, np.arange(len(cells)))
    only_new = brief.objective in ("cover", "fewest")
    unheard = np.flatnonzero(reach.summed < needed)
    fill(count, len(sirens), unheard if only_new else np.arange(len(cells)))
    return reach


def answers(
    asks: Iterable[Ask], place: Place, field: Field, brief: Brief, executor: Executor
) -> Iterator[Told]:
    if brief.sets == "sound":
        method = Method(lateral=False)
        yield from sound.levels(asks, field.grid, place.scene, method, executor)
        return
    for ask in asks:
        levels = by_formula(ask.siren, field, brief).ravel()[ask.cells]
        yield Told(ask.key, ask.cells, levels, True)


def by_formula(siren: Siren, field: Field, brief: Brief) -> Floats:
    silent = radius_120(level_at_1m(siren.level), 0.0, brief.losses)
    radius = silent * 10.0 ** (-np.asarray(field.rule.ambient, float) / 20.0)
    return np.where(far(siren, field) <= radius, field.needed, SILENT_DB)


def far(siren: Siren, field: Field) -> Floats:
    """Distances to the middles of the cells, m."""
    grid = field.grid
    x = grid.west + (np.arange(grid.columns) + 0.5) * grid.step - siren.x
    y = grid.south + (np.arange(grid.rows) + 0.5) * grid.step - siren.y
    found: Floats = np.hypot(y[:, None], x[None, :])
    return found
