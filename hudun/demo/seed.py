"""The demonstration's office: 天心区 with people, keys, sirens, and a second district beside it."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from hudun.core.action import Actor
from hudun.core.organ import Organ
from hudun.demo.checks import settle_checks
from hudun.demo.city import settle_city
from hudun.demo.hazards import settle_hazards
from hudun.demo.keys import KeyRing, settle_keys
from hudun.demo.people import settle_people
from hudun.demo.plans import settle_plan
from hudun.demo.shelters import settle_shelters
from hudun.demo.sirens import settle_sirens
from hudun.demo.siting import settle_sites
from hudun.demo.works import settle_works
from hudun.office.actions import import_divisions, open_office
from hudun.office.division_file import read_divisions
from hudun.runtime.broker import dispatcher, write_access
from hudun.runtime.keys import write_private
from hudun.terminal.fleet.members import Member, write_members
from hudun.wire.terminal import IssuerTrust

DISTRICT, NEIGHBOUR, CITY = "430103", "411102", "4301"
DIVISIONS = settings.BASE_DIR / "hudun" / "office" / "data" / "divisions_430103_411102.csv"


@dataclass(frozen=True)
class Demo:
    """What a demonstration must remember between two starts. Made up, worth nothing elsewhere."""

    password: str
    passphrase: str
    dispatch_password: str
    sirens: int

    @classmethod
    def path(cls) -> Path:
        return Path(settings.VAR) / "demo.json"

    @classmethod
    def load(cls) -> Demo | None:
        """None before the first start, and after one that was cut short."""
        return cls(**json.loads(cls.path().read_text())) if cls.path().exists() else None

    @property
    def keys(self) -> KeyRing:
        return KeyRing(Path(settings.VAR) / "demo-keys", self.passphrase)


def fleet_path() -> Path:
    return Path(settings.VAR) / "fleet.jsonl"


def roster_path() -> Path:
    """What a terminal is mounted with: public, and signed by the root key."""
    return Path(settings.VAR) / "roster.cbor"


def access_path() -> Path:
    return Path(settings.VAR) / "broker"


def seed(sirens: int = 60, number: int = 1) -> Demo:
    """Fills an empty database; ``number`` decides where the sirens stand."""
    demo = Demo(_word(), _word(), _word(), sirens)
    system = Actor.system(device="demo")
    import_divisions(system, None, read_divisions(DIVISIONS))
    district, neighbour = (Organ.objects.get(code=code) for code in (DISTRICT, NEIGHBOUR))
    open_office(system, district)
    open_office(system, neighbour)
    users = settle_people(demo.password)
    issuer = settle_keys(demo.keys, district, users)
    city = IssuerTrust((_sealed_root(), _sealed_root()))
    trust = {issuer.number: IssuerTrust(issuer.roots), int(CITY): city}
    roster = issuer.rosters.get()
    roster_path().write_bytes(roster.frame)
    _mount(settle_sirens(district, trust, sirens, number), issuer.number, demo)
    settle_shelters(district, number)
    settle_works(district)
    settle_sites(district)
    settle_checks(district, users)
    settle_hazards(district)
    settle_city(district, number)
    settle_plan(district, number)
    write_private(Demo.path(), json.dumps(asdict(demo)))  # last: now it is whole
    return demo


def _mount(members: list[Member], office: int, demo: Demo) -> None:
    """The terminals' own files, and their accounts at the broker."""
    write_members(fleet_path(), members)
    passwords = {str(member.siren): member.password for member in members}
    passwords[dispatcher(office)] = demo.dispatch_password
    write_access(access_path(), (office, int(CITY)), passwords)


def _sealed_root() -> bytes:
    """The city's root: its private half is nobody's here."""
    return Ed25519PrivateKey.generate().public_key().public_bytes_raw()


def _word() -> str:
    return secrets.token_urlsafe(12)
