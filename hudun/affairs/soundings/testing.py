"""天心区 ready to sound: issuer, roots, a roster with everybody's keys, and sirens.

Rows are made directly here and nowhere else outside an action.
"""

from dataclasses import dataclass
from math import cos, sin

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.affairs.soundings.actions import pin_roots, register_roster, request_key, set_up_issuer
from hudun.affairs.soundings.models import Issuer, Order, SirenStatus
from hudun.affairs.soundings.roster import next_roster
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.organ import Organ
from hudun.core.testing import Cast
from hudun.wire.cose import digest, sign1
from hudun.wire.frames import Release, Right, kid_octets

TRIAL, LIVE = Right.TRIAL | Right.SILENT, Right.LIVE | Right.SILENT


@dataclass(frozen=True)
class SigningKey:
    kid: int
    key: Ed25519PrivateKey

    def sign(self, payload: bytes) -> bytes:
        return sign1(payload, kid_octets(self.kid), self.key)


@dataclass(frozen=True)
class Armed:
    """`wang` and `li` hold trial keys, `wang_live` and `zhou_live` live ones."""

    issuer: Issuer
    root: Ed25519PrivateKey
    wang: SigningKey
    li: SigningKey
    wang_live: SigningKey
    zhou_live: SigningKey

    @property
    def organ(self) -> Organ:
        return self.issuer.organ


def key_of(text: str) -> Ed25519PrivateKey:
    """A key that is the same in every run."""
    return Ed25519PrivateKey.from_private_bytes(text.encode().ljust(32, b"."))


def arm(cast: Cast) -> Armed:
    tianxin = cast.stage.tianxin
    issuer = set_up_issuer(cast.actor("anguan"), tianxin)
    roots = [key_of(f"root {n}") for n in "ab"]
    publics = [root.public_key().public_bytes_raw() for root in roots]
    pin_roots(cast.actor("anguan"), issuer, root_a=publics[0], root_b=publics[1])
    keys = {
        name: _ask(cast, person, name, rights)
        for person, name, rights in (
            ("wang", "wang", TRIAL), ("li", "li", TRIAL),
            ("wang", "wang_live", LIVE), ("zhou", "zhou_live", LIVE),
        )
    }  # fmt: skip
    sign_roster(cast, issuer, roots[0])
    return Armed(issuer, roots[0], **keys)


def sign_roster(cast: Cast, issuer: Issuer, root: Ed25519PrivateKey) -> None:
    payload = next_roster(issuer, clock.now()).encode()
    register_roster(cast.actor("anguan"), issuer, sign1(payload, kid_octets(0), root))


def _ask(cast: Cast, person: str, name: str, rights: Right) -> SigningKey:
    key = key_of(name)
    public = key.public_key().public_bytes_raw()
    asked = request_key(cast.actor(person), cast.stage.tianxin, public=public, rights=rights)
    return SigningKey(asked.kid, key)


def plant_sirens(cast: Cast, count: int = 6) -> list[Siren]:
    """In service, with a terminal, in the two streets by turns, in a spiral round the district."""
    streets = [cast.stage.pozijie, cast.stage.chengnanlu]
    return Siren.objects.bulk_create(
        Siren(
            organ=streets[n % 2], office=cast.stage.tianxin, number=n, kind="electronic",
            name=f"{streets[n % 2].name[:3]}{n}号", state="in_service",
            lon=112.98 + n**0.5 / 700 * cos(n), lat=28.1 + n**0.5 / 700 * sin(n),
            terminal_key=key_of(f"siren {n}").public_key().public_bytes_raw().hex(),
            site_name="市政大楼", site_address=f"解放西路 {n} 号", site_keeper="刘管护",
            site_phone=f"0731-8500{n:04}",
        )
        for n in range(1, count + 1)
    )  # fmt: skip


def hear_from(issuer: Issuer, sirens: list[Siren], **said: object) -> None:
    """Each has just said that it is well, or what is said here."""
    moment = int(clock.now().timestamp() * 1000)
    SirenStatus.objects.bulk_create(
        SirenStatus(office=issuer.number, siren=siren.number, last_word_ms=moment, **said)
        for siren in sirens
    )


def release_of(order: Order, key: SigningKey, *, lead: int = 10) -> bytes:
    """What the second person signs now."""
    frames = [bytes(frame) for frame in (order.frame, order.list_frame) if frame]
    now = int(clock.now().timestamp())
    start = lead if order.immediate else None
    content = order.content
    release = Release(content.issuer, content.roster, content.counter, digest(*frames), now, start)
    return key.sign(release.encode())
