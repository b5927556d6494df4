"""One seed, from its story to its judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from unittest import mock

from hudun.wire.cose import Envelope
from hudun.wire.simulation.oracle.judge import broken, stored
from hudun.wire.simulation.people import NOON
from hudun.wire.simulation.scenario import SETTLE_S, Scenario
from hudun.wire.simulation.world import World

Plant = Callable[[], AbstractContextManager[None]]


@contextmanager
def remembered_signatures() -> Iterator[None]:
    """The same octets verify the same way: ask the curve once for all terminals that hear them."""
    verify = Envelope.signed_by
    with mock.patch.object(Envelope, "signed_by", cache(verify)):
        yield


@dataclass(frozen=True)
class Result:
    seed: int
    violations: tuple[str, ...]
    writes: int
    kills: int
    simulated_s: float
    trace: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.violations


def _play(world: World, story: Scenario) -> None:
    while world.now < story.ends:
        world.run(story.ends)
    story.house.heal()
    world.run(world.now + SETTLE_S)


def simulate(
    seed: int,
    *,
    plant: Plant = nullcontext,
    trace: bool = False,
    kill_at: tuple[int, str] | None = None,
) -> Result:
    """Run one seed; the same seed gives the same result, on every machine."""
    world = World(seed, NOON, trace, kill_at=kill_at)
    with remembered_signatures(), plant():
        story = Scenario.draw(world)
        house = story.house
        house.on_forgotten = lambda siren, office, frame: (
            None
            if stored(house, siren, office, frame)
            else world.violated(f"siren {siren} let go of a receipt that {office} has not stored")
        )
        try:
            _play(world, story)
        except Exception as crash:  # whatever breaks a machine is found, not lost
            world.violated(f"a machine breaks: {crash!r}")
    world.violations += broken(house)
    return Result(
        seed, tuple(world.violations), world.writes, world.kills, world.now - NOON,
        tuple(world.lines),
    )  # fmt: skip
