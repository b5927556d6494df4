"""天心区 as it signs: people, keys, a roster in force, sirens on the register."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.drafting import release_payload
from hudun.affairs.soundings.models import Issuer, Order, Plan, StopOrder
from hudun.affairs.soundings.roster import next_roster
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.testing import Cast
from hudun.wire.cose import sign1
from hudun.wire.frames import Mode, Right, kid_octets

SIGNERS = ("wang", "li", "zhou")
LIVE = Right.LIVE | Right.SILENT
TRIAL = Right.TRIAL | Right.SILENT


def key_for(name: str) -> Ed25519PrivateKey:
    """A key known to everybody: for tests only."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"test key {name}".encode()).digest())


@dataclass
class Office:
    """天心区 with an issuer, a roster in force, and everybody's keys at hand."""

    cast: Cast
    issuer: Issuer
    kids: dict[tuple[str, Right], int] = field(default_factory=dict)

    def sign(self, name: str, payload: bytes, rights: Right) -> bytes:
        key = key_for(f"{name} {rights.value}")
        return sign1(payload, kid_octets(self.kids[name, rights]), key)

    def rights(self, order: Order) -> Right:
        return LIVE if order.wire_mode is Mode.LIVE else TRIAL

    def signed(self, order: Order, name: str = "wang") -> Order:
        """The order with the first person's signature."""
        rights = self.rights(order)
        frame = self.sign(name, bytes(order.payload), rights)
        listed = bytes(order.list_payload)
        list_frame = self.sign(name, listed, rights) if listed else b""
        return actions.attach_signature(self.cast.actor(name), order, frame, list_frame)

    def release_frame(self, order: Order, name: str = "li", lead_s: int = 10) -> bytes:
        roster = self.issuer.roster()
        assert roster is not None
        payload = release_payload(order, roster.number, clock.now(), lead_s)
        return self.sign(name, payload, self.rights(order))

    def released(self, order: Order, name: str = "li") -> Order:
        return actions.attach_release(self.cast.actor(name), order, self.release_frame(order, name))

    def immediate(self, mode: Mode = Mode.LIVE, signal: str = "空袭", **target: object) -> Order:
        """Signed by 王值班, released by 李科长."""
        kind, given = next(iter(target.items()), ("all", None))
        order = actions.draft_immediate(
            self.cast.actor("wang"), self.issuer.organ, mode=mode, signal=signal,
            purpose="检验", target_kind=kind, target={kind: given},
        )  # fmt: skip
        return self.released(self.signed(order))

    def plan(self, **changes: object) -> Plan:
        """湖南 11·1, a draft."""
        settings: dict[str, object] = {
            "name": "2026 年 11·1 防空警报试鸣",
            "day": datetime(2026, 11, 1).date(),  # noqa: DTZ001
            "timetable_key": "hunan-1101",
            "target_kind": "all",
        }
        draft: Callable[..., Plan] = actions.draft_plan
        return draft(self.cast.actor("zhang"), self.issuer.organ, **(settings | changes))

    def sounding(self, **changes: object) -> Order:
        """湖南 11·1, approved, signed and released."""
        plan = actions.approve_plan(self.cast.actor("zhou"), self.plan(**changes))
        (order,) = actions.draft_orders(self.cast.actor("wang"), plan)
        return self.released(self.signed(order))

    def stop(self, name: str = "wang", **target: object) -> StopOrder:
        kind, given = next(iter(target.items()), ("all", None))
        return actions.press_stop(
            self.cast.actor(name), self.issuer.organ, target_kind=kind, target={kind: given}
        )


def make_office(cast: Cast) -> Office:
    """Through the actions that a real office goes through."""
    office = cast.stage.tianxin
    issuer = actions.set_up_issuer(cast.actor("anguan"), office)
    roots = [key_for(f"root {n}").public_key().public_bytes_raw() for n in (0, 1)]
    actions.pin_roots(cast.actor("anguan"), issuer, root_a=roots[0], root_b=roots[1])
    made = Office(cast, Issuer.objects.get(pk=issuer.pk))
    for name in SIGNERS:
        for rights in (LIVE, TRIAL):
            public = key_for(f"{name} {rights.value}").public_key().public_bytes_raw()
            asked = actions.request_key(cast.actor(name), office, public=public, rights=rights)
            made.kids[name, rights] = asked.kid
    register_roster(made)
    return made


def register_roster(office: Office) -> bytes:
    """What the root would sign next, signed and registered."""
    payload = next_roster(office.issuer, clock.now()).encode()
    frame = sign1(payload, kid_octets(0), key_for("root 0"))
    actions.register_roster(office.cast.actor("anguan"), office.issuer, frame)
    return frame


def make_siren(office: Office, number: int, *, by_hand: bool = False, **fields: object) -> Siren:
    public = key_for(f"siren {number}").public_key().public_bytes_raw().hex()
    settings: dict[str, object] = {
        "organ": office.cast.stage.chengnanlu,
        "office": office.issuer.organ,
        "number": number,
        "name": f"{number} 号警报器",
        "kind": "electronic",
        "state": "in_service",
        "terminal_key": None if by_hand else public,
        "site_keeper": "陈管理",
        "site_phone": "0731-85000000",
    }
    return Siren.objects.create(**(settings | fields))


def system(office: Office) -> Actor:
    return Actor.system(office.issuer.organ)
