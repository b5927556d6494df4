"""Who may sign: issuers, keys asked for, rosters registered."""

from datetime import UTC, datetime, timedelta

from hudun.affairs.soundings.flow import OFFICERS
from hudun.affairs.soundings.issuers import issuer_of
from hudun.affairs.soundings.models import Issuer, PersonKey, RosterRecord
from hudun.affairs.soundings.roster import DESK_RIGHTS, ensure_desk_public
from hudun.affairs.soundings.verifying import roster_in
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.live.announce import announce
from hudun.core.organ import Organ, Role
from hudun.wire.frames import DESK_PERSON, Right, Roster, RosterKey

KEEPERS = {Role.SECURITY_ADMIN}
KEY_LIFE = timedelta(days=366)
DESK_LIFE = timedelta(days=5 * 366)
PUBLIC_KEY_OCTETS = 32
MOST_KEYS = 0xFFFF


@action("soundings.set_up_issuer", label="设置发令单位", roles=KEEPERS)
def set_up_issuer(act: Act, organ: Organ) -> Issuer:
    """The office signs under its division code; its desk key is made and asks for a roster."""
    office = organ.seat()
    known = Issuer.objects.filter(organ=office).first()
    if known is not None:
        return known
    issuer = Issuer.objects.create(organ=office, number=int(office.code or 0))
    rights = DESK_RIGHTS.value
    act.changed(_ask(act, issuer, "值班台", ensure_desk_public(), rights, DESK_PERSON, DESK_LIFE))
    return issuer


@action("soundings.pin_roots", label="设定根公钥", roles=KEEPERS)
def pin_roots(
    _act: Act, issuer: Issuer, *, root_a: bytes, root_b: bytes, reason: str = ""
) -> Issuer:
    """The two public keys every terminal is provisioned with. Changing them needs a reason."""
    if any(len(root) != PUBLIC_KEY_OCTETS for root in (root_a, root_b)) or root_a == root_b:
        raise Problem("422.51", reason="应为两把不同的 32 字节公钥")
    if bytes(issuer.root_a) and not reason:
        raise Problem("409.48", fields={"reason": "请填写理由"})
    issuer.root_a, issuer.root_b = root_a, root_b
    issuer.save(update_fields=["root_a", "root_b"])
    return issuer


@action("soundings.request_key", label="申请密钥入册", roles=OFFICERS)
def request_key(act: Act, organ: Organ, *, public: bytes, rights: Right) -> PersonKey:
    """The person's own public key; it may sign once a roster lists it."""
    issuer = issuer_of(organ)
    if (
        len(public) != PUBLIC_KEY_OCTETS
        or PersonKey.objects.filter(issuer=issuer, public=public).exists()
    ):
        raise Problem("422.51", reason="公钥应为 32 字节，且未申请过")
    allowed = Right.LIVE | Right.TRIAL | Right.SILENT
    if not rights or rights & ~allowed or {Right.LIVE, Right.TRIAL} <= set(rights):
        raise Problem("422.51", reason="只能是实警或试鸣之一，可加静默")
    user = act.actor.user
    mine = PersonKey.objects.filter(issuer=issuer, user=user).exclude(user=None).first()
    person = mine.person if mine else 0
    return _ask(act, issuer, str(user or "（系统）"), public, rights.value, person, KEY_LIFE)


@action("soundings.register_roster", label="登记名册", roles=KEEPERS)
def register_roster(act: Act, issuer: Issuer, frame: bytes) -> RosterRecord:
    """A roster the root key signed: from now on it says who may sign what."""
    roster = roster_in(issuer, frame)
    record = RosterRecord.objects.create(
        organ=issuer.organ, issuer=issuer, number=roster.number, frame=frame, registered_at=act.now
    )
    act.changed(record)
    for key in roster.keys:
        _enlist(act, issuer, key)
    gone = issuer.keys.filter(state="listed").exclude(kid__in=[key.kid for key in roster.keys])
    for known in gone:
        known.state = "revoked"
        known.save(update_fields=["state"])
        act.changed(known)
    act.note(roster=roster.number, keys=_names(roster))
    announce("rosters", issuer.organ, {"number": roster.number})
    return record


@action("soundings.withdraw_key_request", label="撤回密钥申请", roles=OFFICERS | KEEPERS)
def withdraw_key_request(_act: Act, key: PersonKey) -> PersonKey:
    """Only a new roster takes a listed key away."""
    if key.state != "requested":
        raise Problem("409.1", state=PersonKey.flow.shown(key).label, label="撤回密钥申请")
    key.state = "revoked"
    key.save(update_fields=["state"])
    return key


def _ask(
    act: Act, issuer: Issuer, name: str, public: bytes, rights: int, person: int, life: timedelta
) -> PersonKey:
    """``person`` 0 with a name other than the desk's: the next free number is given."""
    fresh = Issuer.objects.select_for_update().get(pk=issuer.pk)
    fresh.last_kid += 1
    fresh.save(update_fields=["last_kid"])
    is_desk = rights == DESK_RIGHTS.value
    return PersonKey.objects.create(
        organ=issuer.organ, issuer=issuer, user=None if is_desk else act.actor.user, name=name,
        kid=fresh.last_kid, person=person if is_desk or person else fresh.last_kid,
        public=public, rights=rights, until=act.now + life,
    )  # fmt: skip


def _enlist(act: Act, issuer: Issuer, listed: RosterKey) -> None:
    """What the root signed counts, also where it differs from what was asked for."""
    values = {
        "person": listed.person,
        "public": listed.public,
        "rights": listed.rights.value,
        "until": datetime.fromtimestamp(listed.until, UTC),
        "state": "listed",
    }
    known = issuer.keys.filter(kid=listed.kid).first()
    if known is None:
        known = PersonKey(
            organ=issuer.organ, issuer=issuer, kid=listed.kid, name=f"密钥 {listed.kid}"
        )
    for name, value in values.items():
        setattr(known, name, value)
    known.save()
    act.changed(known)


def _names(roster: Roster) -> list[int]:
    return [key.kid for key in roster.keys]
