"""The desk's own key, the roster in force, and the roster that the next one should be."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings

from hudun.core.error import Problem
from hudun.runtime.keys import new_machine_key, read_machine_key
from hudun.wire.frames import DESK_PERSON, Right, Roster, RosterKey
from hudun.wire.office import DeskKey

from .models import Issuer, PersonKey

DESK_RIGHTS = Right.STOP | Right.SILENT | Right.TIME


def desk_key_path() -> Path:
    return Path(settings.VAR) / "keys" / "desk.json"


def ensure_desk_public() -> bytes:
    """The public half of the desk key; the key is made the first time it is asked for.

    Its file is readable by its owner only and carries no passphrase: nobody is there to type one.
    """
    path = desk_key_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = read_machine_key(path) if path.exists() else new_machine_key(path)
    return key.public_key().public_bytes_raw()


def desk_key(issuer: Issuer) -> DeskKey:
    """The desk key with its number in the roster in force; 409.40 when it is in none."""
    public = ensure_desk_public()
    roster = roster_of(issuer)
    listed = next((one for one in roster.keys if one.public == public), None)
    if listed is None or listed.person != DESK_PERSON:
        raise Problem("409.41")
    return DeskKey(listed.kid, read_machine_key(desk_key_path()))


def roster_of(issuer: Issuer) -> Roster:
    roster = issuer.roster()
    if roster is None:
        raise Problem("409.40")
    return roster


def next_roster(issuer: Issuer, now: datetime) -> Roster:
    """Everybody in force or asked for: what the root key is to sign next."""
    keys = issuer.keys.filter(state__in=["requested", "listed"]).order_by("kid")
    held = issuer.roster()
    return Roster(
        issuer.number, (held.number if held else 0) + 1, int(now.timestamp()),
        tuple(as_roster_key(key) for key in keys),
    )  # fmt: skip


def as_roster_key(key: PersonKey) -> RosterKey:
    return RosterKey(
        key.kid, key.person, bytes(key.public), Right(key.rights), int(key.until.timestamp())
    )


def roster_json(issuer: Issuer, roster: Roster) -> str:
    """For people who carry it to the off-line root key and want to read what they sign."""
    names = {key.kid: key.name for key in issuer.keys.all()}
    return json.dumps(
        {
            "issuer": roster.issuer,
            "number": roster.number,
            "issued": roster.issued,
            "keys": [
                {
                    "kid": key.kid,
                    "person": key.person,
                    "name": names[key.kid],
                    "public": key.public.hex(),
                    "rights": key.rights.value,
                    "until": key.until,
                }
                for key in roster.keys
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
