"""What a siren sends out: rated level or power, spectrum, directivity, horns, height, rotation.

Source: ISO 9613-2:1996, Eq. (3): LW + Dc. A level rated at 30 m in the open is that of a free
field, LW + Dc(0°) = L30 + 20 lg 30 + 11.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .bands import WEIGHTINGS, Floats, total
from .nouns import Emission

RATED_AT_M = 30.0
SPHERE_DB = 11.0

ELECTRIC: Floats = np.array([-40.0, -30.0, -12.0, 0.0, -4.0, -8.0, -14.0, -22.0])
"""A rotating siren of 500 Hz and its harmonics, dB relative to the 500 Hz band. An assumption:
no maker publishes octave spectra; an office should put in measured ones."""

NOTHING: Floats = np.zeros((0, 0))


@dataclass(frozen=True)
class Horn:
    """Directivity relative to the axis, dB. horizontal: (angle off the axis 0…180°, dB) points;
    vertical: (angle above the axis −90…90°, dB) points; empty: the same in all directions.
    azimuth: of the axis, degrees clockwise from north; share: of the power, if there are several.
    """

    azimuth: float = 0.0
    horizontal: Sequence[tuple[float, float]] = ()
    vertical: Sequence[tuple[float, float]] = ()
    share: float = 1.0


@dataclass(frozen=True)
class Siren:
    """level: at 30 m on the axis in the `weighting` named, or (power=True) sound power level LW in
    it; spectrum (8): dB per band, only differences count. x, y in metres; height above the local
    ground, m; rotation turns all horns, degrees."""

    x: float
    y: float
    height: float
    level: float
    power: bool = False
    weighting: str = "A"
    spectrum: Floats = field(default_factory=lambda: ELECTRIC)
    horns: tuple[Horn, ...] = ()
    rotation: float = 0.0

    def power_levels(self) -> Floats:
        """LW per octave band, dB re 1 pW."""
        loudness = self.level
        if not self.power:
            loudness += 20.0 * float(np.log10(RATED_AT_M)) + SPHERE_DB
        shape = np.asarray(self.spectrum, float)
        levels: Floats = shape + (loudness - total(shape, self.weighting))
        return levels


def emission(siren: Siren, ground_z: float) -> Emission:
    """The source as the kernel takes it; ground_z: terrain height under the siren."""
    if not siren.height > 0.0:
        raise ValueError(f"a siren stands above the ground, not at {siren.height} m")
    power = 10.0 ** (0.1 * siren.power_levels())
    x, y, height = float(siren.x), float(siren.y), float(siren.height)
    shape = pattern(siren.horns, siren.rotation)
    return Emission(x, y, ground_z + height, height, power, shape)


def pattern(horns: Sequence[Horn], rotation: float) -> Floats:
    """Energy factor (181 elevations, 361 azimuths), the loudest axis being 1; empty if the same
    everywhere. Horns add as energy."""
    if not any(horn.horizontal or horn.vertical for horn in horns):
        return NOTHING
    azimuths, elevations = np.arange(361.0), np.arange(-90.0, 91.0)
    summed = np.zeros((181, 361))
    for horn in horns:
        off = np.abs((azimuths - horn.azimuth - rotation + 180.0) % 360.0 - 180.0)
        across, up = table(off, horn.horizontal), table(elevations, horn.vertical)
        summed += horn.share * 10.0 ** (0.1 * (across[None, :] + up[:, None]))
    normed: Floats = summed / summed.max()
    return normed


def table(angles: Floats, points: Sequence[tuple[float, float]]) -> Floats:
    """Linear between the points, level beyond them."""
    if not points:
        return np.zeros(len(angles))
    given = sorted(points)
    found: Floats = np.interp(angles, [angle for angle, _ in given], [dB for _, dB in given])
    return found


def weights(weighting: str) -> Floats:
    """Energy weights of the bands."""
    return np.asarray(10.0 ** (0.1 * WEIGHTINGS[weighting]), float)
