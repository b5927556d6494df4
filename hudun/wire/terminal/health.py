"""The health report: telemetry, and which rosters are held."""

from __future__ import annotations

from hudun.wire import cose
from hudun.wire.frames import Health, siren_kid
from hudun.wire.frames.words import LONGEST_FIRMWARE
from hudun.wire.terminal.receipts import office_ms
from hudun.wire.terminal.types import Measured, Send, Turn

WITHOUT_ROSTER_S = 30.0  # a terminal that can believe nobody keeps asking


def measured(turn: Turn, event: Measured) -> None:
    """A change of mains, amplifier or door is told at once."""
    before = turn.state.measured
    turn.update(measured=event)
    if (before.mains, before.amplifier_ok, before.door_open) != (
        event.mains, event.amplifier_ok, event.door_open
    ):  # fmt: skip
        turn.update(health_at=turn.now)


def report(turn: Turn) -> None:
    state, siren, sensors = turn.state, turn.provision.siren, turn.state.measured
    rosters = tuple(
        (issuer, held.roster.number if held.roster else 0) for issuer, held in state.issuers.items()
    )
    health = Health(
        siren, state.boot, office_ms(turn, turn.now), state.offset, sensors.mains,
        sensors.battery_percent, sensors.amplifier_ok, sensors.door_open, sensors.celsius,
        state.seen.on if state.seen else None, rosters, turn.provision.firmware[:LONGEST_FIRMWARE],
    )  # fmt: skip
    frame = cose.sign1(health.encode(), siren_kid(siren), turn.key)
    turn.sends += [Send(frame, issuer) for issuer in state.issuers]
    deaf = state.issuers[turn.provision.home].roster is None
    pause = min(WITHOUT_ROSTER_S, turn.provision.health_s) if deaf else turn.provision.health_s
    turn.update(health_at=turn.now + pause)
