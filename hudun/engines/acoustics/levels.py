"""Levels at receivers, as plain functions over the compiled kernel."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .air import REFERENCE_KPA, octave_absorption
from .bands import BANDS, WAVELENGTHS, Floats
from .echo import echo_bands, echo_totals
from .facets import images
from .kernel import by_band, totals
from .nouns import Emission, Room, Rules, room
from .relief import ground_height, lift
from .scene import Ground, Scene
from .siren import Siren, emission, weights

EDITIONS = (1996, 2024)
NEGLIGIBLE = 1e-4
"""Ways round the sides that cannot add this share of the energy (0.0004 dB) are left out."""
COARSE = 0.12
"""With a threshold, and far from it, those that cannot add this share (0.49 dB)."""


@dataclass(frozen=True)
class Method:
    """celsius, humidity (%), kpa: the air. general: ground by 7.3.1, else 7.3.2. edition: of
    ISO 9613-2. weighting: of totals. reflections: once, by the walls of buildings and
    barriers (7.5). lateral: ways round the sides; then `near` = (threshold dB,
    window dB) leaves them out where they cannot matter to it: where the level is more than the
    window above it without them or below it with them, and where they add less than 0.49 dB and
    cannot turn unheard into heard."""

    celsius: float = 15.0
    humidity: float = 70.0
    kpa: float = REFERENCE_KPA
    general: bool = True
    edition: int = 1996
    weighting: str = "A"
    lateral: bool = True
    reflections: bool = False
    near: tuple[float, float] | None = None
    negligible: float = NEGLIGIBLE

    def rules(self) -> Rules:
        if self.edition not in EDITIONS:
            raise ValueError(f"edition {self.edition} of ISO 9613-2 is not known: {EDITIONS}")
        low, high, threshold, coarse = 0.0, np.inf, 0.0, self.negligible
        if self.near is not None:
            level, window = self.near
            low, high = 10.0 ** (0.1 * (level - window)), 10.0 ** (0.1 * (level + window))
            threshold = 10.0 ** (0.1 * level)
            coarse = self.negligible if self.reflections else COARSE
        return Rules(
            octave_absorption(self.celsius, self.humidity, self.kpa),
            WAVELENGTHS,
            weights(self.weighting),
            self.general,
            self.edition,
            self.lateral,
            low,
            high,
            threshold,
            self.negligible,
            coarse,
        )


@dataclass(frozen=True)
class Receivers:
    """points (n, 3): x, y, height above the datum; heights (n): above the local ground;
    factors (n): G of the ground they stand on."""

    points: Floats
    heights: Floats
    factors: Floats

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, part: slice) -> "Receivers":
        return Receivers(self.points[part], self.heights[part], self.factors[part])

    def taken(self, order: npt.NDArray[np.int64]) -> "Receivers":
        return Receivers(self.points[order], self.heights[order], self.factors[order])


def receivers(plan: Floats, height: float, scene: Scene) -> Receivers:
    """plan (n, 2); height above the local ground, m."""
    plan = np.ascontiguousarray(plan, float)
    points = np.empty((len(plan), 3))
    lift(scene.terrain, plan, height, points)
    factors = factors_at(scene.ground, plan)
    return Receivers(points, np.full(len(plan), height), factors)


def factors_at(ground: Ground, plan: Floats) -> Floats:
    """G at points (n, 2): by the boundaries crossed on a ray eastwards."""
    found = np.full(len(plan), ground.base)
    for x1, y1, x2, y2, step in ground.edges:
        spans = (y1 > plan[:, 1]) != (y2 > plan[:, 1])
        if y1 == y2:
            continue
        at = x1 + (plan[:, 1] - y1) * (x2 - x1) / (y2 - y1)
        found += np.where(spans & (at > plan[:, 0]), step if y2 > y1 else -step, 0.0)
    return found


def source(siren: Siren, scene: Scene) -> Emission:
    return emission(siren, ground_height(scene.terrain, siren.x, siren.y))


def total_levels(
    emitted: Emission, at: Receivers, scene: Scene, method: Method, work: Room | None = None
) -> Floats:
    """Weighted total level (n) in dB; NaN where a path meets more edges than there is room for."""
    found, order = np.empty(len(at)), by_bearing(emitted, at)
    turn, rules, work = at.taken(order), method.rules(), work or room()
    given = (emitted, turn.points, turn.heights, turn.factors, scene, rules)
    totals(*given, work, found)
    if method.reflections:
        echo_totals(*given, images(emitted.x, emitted.y, scene.obstacles), work, found)
    energy = np.empty(len(at))
    energy[order] = found
    return decibels(energy)


def by_bearing(emitted: Emission, at: Receivers) -> npt.NDArray[np.int64]:
    """Receivers in the order of a hand going round at the source: each path then meets the walls
    that the one before it met, while they are still in the processor's cache."""
    return np.argsort(np.arctan2(at.points[:, 1] - emitted.y, at.points[:, 0] - emitted.x))


def band_levels(emitted: Emission, at: Receivers, scene: Scene, method: Method) -> Floats:
    """Level per octave band (n, 8) in dB."""
    energy = np.empty((len(at), BANDS))
    given, work = (emitted, at.points, at.heights, at.factors, scene, method.rules()), room()
    by_band(*given, work, energy)
    if method.reflections:
        echo_bands(*given, images(emitted.x, emitted.y, scene.obstacles), work, energy)
    return decibels(energy)


def decibels(energy: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(10.0 * np.log10(energy), float)
