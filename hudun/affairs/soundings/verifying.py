"""May this frame be stored? The office asks before any terminal does; the terminals ask again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hudun.core.error import Problem
from hudun.core.organ import User
from hudun.wire.cose import BadFrame, Envelope, take_apart
from hudun.wire.frames import (
    DESK_PERSON,
    RIGHT_FOR_MODE,
    Mode,
    Release,
    Roster,
    RosterKey,
    SirenList,
)

from .drafting import digest_of
from .models import Issuer, Order
from .roster import roster_of
from .rulebook import SoundingRules

CLOCKS_APART_S = 5
"""How far the computer on which somebody signs may be ahead of the office's clock."""


@dataclass(frozen=True)
class Signer:
    key: RosterKey
    user: User | None


def signed_order(order: Order, frame: bytes, list_frame: bytes, now: datetime) -> Signer:
    """Who signed this very order. Raises a Problem in the order a reader would ask."""
    signer, envelope = signer_of(order.issuer, frame, order.wire_mode, now)
    if envelope.payload != bytes(order.payload):
        raise Problem("422.41")
    _check_list(order, list_frame, signer)
    return signer


def signed_release(
    order: Order, frame: bytes, rules: SoundingRules, now: datetime
) -> tuple[Signer, Release]:
    """Who released this very order, and the release; in time, and not the person who ordered."""
    signer, envelope = signer_of(order.issuer, frame, order.wire_mode, now)
    try:
        release = Release.decode(envelope.payload)
    except BadFrame as error:
        raise Problem("422.40", reason=error) from error
    named = (release.issuer, release.counter, release.digest)
    if named != (order.issuer.number, order.counter, digest_of(order)):
        raise Problem("422.41")
    first, _ = signer_of(order.issuer, bytes(order.frame), order.wire_mode, now)
    if order.wire_mode is not Mode.SILENT and not _two_people(first.key, signer.key):
        raise Problem("403.42")
    _check_time(order, release, rules, now)
    return signer, release


def signer_of(issuer: Issuer, frame: bytes, mode: Mode, now: datetime) -> tuple[Signer, Envelope]:
    """The key of the roster in force that signed the frame, with the right for the mode."""
    try:
        envelope = take_apart(frame)
    except BadFrame as error:
        raise Problem("422.40", reason=error) from error
    key = roster_of(issuer).key(int.from_bytes(envelope.kid, "big"))
    if key is None or len(envelope.kid) != 2:
        raise Problem("403.40")
    if not envelope.signed_by(key.public):
        raise Problem("422.42")
    if RIGHT_FOR_MODE[mode] not in key.rights:
        raise Problem("403.41", mode=MODE_WORDS[mode])
    if now.timestamp() > key.until:
        raise Problem("403.43")
    known = issuer.keys.filter(kid=key.kid).select_related("user").first()
    return Signer(key, known.user if known else None), envelope


def roster_in(issuer: Issuer, frame: bytes) -> Roster:
    """A newer roster, signed by one of the two pinned roots."""
    try:
        envelope = take_apart(frame)
        roster = Roster.decode(envelope.payload)
    except BadFrame as error:
        raise Problem("422.40", reason=error) from error
    root = int.from_bytes(envelope.kid, "big")
    if root not in (0, 1) or not envelope.signed_by(issuer.roots[root]):
        raise Problem("422.43")
    held = issuer.roster()
    if roster.issuer != issuer.number or (held is not None and roster.number <= held.number):
        raise Problem("409.42", held=held.number if held else 0)
    return roster


MODE_WORDS = {Mode.LIVE: "实警", Mode.TRIAL: "试鸣", Mode.SILENT: "静默"}


def _two_people(first: RosterKey, second: RosterKey) -> bool:
    persons = {first.person, second.person}
    return len(persons) == 2 and DESK_PERSON not in persons and first.public != second.public


def _check_list(order: Order, list_frame: bytes, signer: Signer) -> None:
    if not order.list_payload:
        return
    try:
        envelope = take_apart(list_frame)
        SirenList.decode(envelope.payload)
    except BadFrame as error:
        raise Problem("422.40", reason=error) from error
    same_key = int.from_bytes(envelope.kid, "big") == signer.key.kid
    if not same_key or not envelope.signed_by(signer.key.public):
        raise Problem("422.42")
    if envelope.payload != bytes(order.list_payload):
        raise Problem("422.41")


def _check_time(order: Order, release: Release, rules: SoundingRules, now: datetime) -> None:
    released = datetime.fromtimestamp(release.released, UTC)
    if (released - now).total_seconds() > CLOCKS_APART_S:
        raise Problem("422.47")
    in_time = _immediate_in_time if order.immediate else _planned_in_time
    if not in_time(order, release, rules, now):
        raise Problem("409.43")


def _immediate_in_time(order: Order, release: Release, rules: SoundingRules, now: datetime) -> bool:
    waited = release.released - order.content.issued
    lead = release.start
    if lead is None or not 0 <= lead <= rules.arm_window_s:
        return False
    if not 0 <= waited <= rules.arm_window_s:
        return False
    return now.timestamp() <= release.released + lead + rules.late_s


def _planned_in_time(order: Order, release: Release, rules: SoundingRules, now: datetime) -> bool:
    content = order.content
    if release.start is not None or content.starts_at is None:
        return False
    notice = rules.trial_notice_s if order.wire_mode is Mode.TRIAL else 0
    return content.issued <= release.released <= content.starts_at - notice and (
        now.timestamp() < content.starts_at
    )
