"""Energy of one path from what its ratios in scratch space say."""

from hudun.engines.jit import lean

from .diffraction import Detour, around
from .nouns import Emission, Room, Rules


@lean
def overall(source: Emission, factor: float, rules: Rules, work: Room, screened: bool) -> float:
    """Weighted total energy, over the top only, or without obstacles."""
    energy = 0.0
    for band in range(work.air.size):
        bar = screen(work, band) if screened else 1.0
        energy += rules.weights[band] * source.power[band] * work.air[band] * work.soil[band] * bar
    return energy * factor


@lean
def screen(work: Room, band: int) -> float:
    """10^(−Abar/10): the top gains back what the ground has already taken; sides are added."""
    top = work.top[band] * max(1.0, 1.0 / work.soil[band])
    both: float = top + work.sides[band]
    return min(1.0, both)


@lean
def side_energy(source: Emission, way: Detour, rules: Rules, work: Room) -> float:
    """Weighted energy that a way round a side brings, without the common factor; its ratios per
    band into work.side."""
    energy = 0.0
    for band in range(work.side.size):
        ratio = around(way, rules.wavelengths[band]) if way.edges > 0 else 0.0
        work.side[band] = ratio
        power = rules.weights[band] * source.power[band]
        energy += power * work.air[band] * work.soil[band] * ratio
    return energy
