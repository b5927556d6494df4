"""Rosters, and whether a key may sign what it signed."""

from __future__ import annotations

from hudun.wire.cose import BadFrame, Envelope
from hudun.wire.frames import Reason, Right, Roster, RosterKey
from hudun.wire.terminal.types import IssuerState, Turn


def roster_arrived(turn: Turn, frame: bytes, envelope: Envelope) -> None:
    """Take a roster with a higher number than the one held, signed by a pinned root."""
    roster = Roster.decode(envelope.payload)
    trust = turn.provision.issuers.get(roster.issuer)
    held = turn.state.issuers.get(roster.issuer)
    if trust is None or held is None or _number(held) >= roster.number:
        return
    root = int.from_bytes(envelope.kid, "big")
    if len(envelope.kid) != 2 or root >= len(trust.roots):
        raise BadFrame("not a root's roster")
    if envelope.signed_by(trust.roots[root]):
        turn.update_issuer(roster.issuer, roster=roster, roster_frame=frame, halves=())
        turn.changed_rosters.add(roster.issuer)
        turn.update(health_at=turn.now)


def key_of(held: IssuerState, envelope: Envelope) -> RosterKey | None:
    if held.roster is None or len(envelope.kid) != 2:
        return None
    return held.roster.key(int.from_bytes(envelope.kid, "big"))


def fault(turn: Turn, held: IssuerState, envelope: Envelope, right: Right) -> Reason | None:
    """Why this envelope is not the word of a key with ``right``; None when it is."""
    key = key_of(held, envelope)
    if key is None:
        return Reason.UNKNOWN_KEY
    if right not in key.rights:
        return Reason.NO_RIGHT
    if turn.state.clock_ok and turn.now > key.until:
        return Reason.KEY_EXPIRED
    return None if envelope.signed_by(key.public) else Reason.BAD_SIGNATURE


def _number(held: IssuerState) -> int:
    return held.roster.number if held.roster else -1
