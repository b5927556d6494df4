"""An office machine made anew from its rows knows what the one that went on knows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from hudun.wire.office import OfficeState
from hudun.wire.simulation.people import NOON, OFFICE
from hudun.wire.simulation.scenario import Scenario
from hudun.wire.simulation.world import World


def knowledge(state: OfficeState) -> dict[str, Any]:
    """All that decides what the machine will do, without its timers."""
    return {
        "orders": {counter: _order(watch) for counter, watch in sorted(state.orders.items())},
        "waiting": {
            upto: set(stop.waiting) for upto, stop in state.stops.items() if not stop.ended
        },
        "received": {s: asdict(r) for s, r in state.received.items() if r.upto or r.ahead},
        "heard": state.heard,
        "health": state.health,
        "roster": state.roster_frame,
    }


def _order(watch: Any) -> dict[str, Any]:
    sirens = {
        siren: (s.accepted, s.refused, s.stopped, s.stop_sent, s.signals, s.verdicts)
        for siren, s in watch.sirens.items()
    }
    return {
        "frames": watch.frames, "starts": watch.starts_at, "released": watch.released_at,
        "open": watch.open_verdicts, "sirens": sirens,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_resuming_equals_continuing(seed: int) -> None:
    world = World(seed, NOON)
    story = Scenario.draw(world)
    desk = story.house.desks[OFFICE]
    compared = 0
    for at in range(30, 1500, 40):
        world.run(NOON + at)
        if desk.running:
            assert knowledge(desk._resumed()) == knowledge(desk.state)
            compared += 1
    assert compared > 20
