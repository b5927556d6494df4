"""Octave-band levels of one source at one receiver."""

from __future__ import annotations

from math import log10

from .barrier import barrier
from .ground import alternative, general_ground, ratio
from .reflection import reflections
from .world import NOMINAL, End, Path, World


def levels(
    world: World,
    source: End,
    receiver: End,
    power: list[float],
    alpha: list[float],
    general: bool,
    edition: int,
) -> list[float]:
    """The direct path and, where walls reflect, one source more for each image (7.5)."""
    straight = Path([source.at, receiver.at], source.z(world), receiver.z(world))
    arrived = along(world, source, receiver, straight, power, alpha, general, edition)
    if not world.reflection:
        return arrived
    energy = [10 ** (level / 10) for level in arrived]
    for path, shares in reflections(world, source, receiver):
        again = along(world, source, receiver, path, power, alpha, general, edition)
        for band, (level, rho) in enumerate(zip(again, shares, strict=True)):
            if rho > 0:
                energy[band] += 10 ** ((level + 10 * log10(rho)) / 10)  # Eq. (20)
    return [10 * log10(value) for value in energy]


def along(
    world: World,
    source: End,
    receiver: End,
    path: Path,
    power: list[float],
    alpha: list[float],
    general: bool,
    edition: int,
) -> list[float]:
    """L = LW − (Adiv + Aatm + Agr + Abar), Eq. (3), (4)."""
    found = []
    agr = general_ground(world, source, receiver, path, edition) if general else []
    d_omega = 0.0
    if not general:
        agr = [alternative(world, source, receiver, path)] * 8
        d_omega = 10 * log10(1 + ratio(path.plan, source.height, receiver.height))  # Eq. (11)
    for band, hz in enumerate(NOMINAL):
        adiv = 20 * log10(path.d) + 11  # Eq. (7)
        aatm = alpha[band] * path.d  # Eq. (8)
        abar = barrier(world, path, 340.0 / hz, agr[band], edition)
        found.append(power[band] + d_omega - adiv - aatm - agr[band] - abar)
    return found
