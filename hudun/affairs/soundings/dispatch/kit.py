"""What `hudun stop` needs when even the database is down: one file beside the desk key."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from django.conf import settings

from hudun.affairs.soundings.models import Issuer
from hudun.affairs.soundings.roster import desk_key_path
from hudun.runtime.keys import read_machine_key, write_private
from hudun.wire.cose import sign1
from hudun.wire.frames import Stop, Target, kid_octets
from hudun.wire.office import DeskKey


@dataclass(frozen=True, slots=True)
class StopKit:
    """``upto`` is the highest number dispatch has handed out to terminals."""

    office: int
    roster: int
    kid: int
    upto: int
    broker: str

    @classmethod
    def read(cls, office: int | None) -> Self | None:
        """The kit of the office named, or the only one there is."""
        paths = [_path(office)] if office else list(_folder().glob("stop-*.json"))
        if len(paths) != 1 or not paths[0].exists():
            return None
        return cls(**json.loads(paths[0].read_text()))

    def sign(self, target: Target, now: float, life_s: int) -> bytes:
        stop = Stop(self.office, self.roster, self.upto, int(now), life_s, target)
        return sign1(stop.encode(), kid_octets(self.kid), read_machine_key(desk_key_path()))


def write_kit(issuer: Issuer, broker: str, desk: DeskKey, roster: int, upto: int) -> None:
    kit = {
        "office": issuer.number, "roster": roster, "kid": desk.kid, "upto": upto, "broker": broker,
    }  # fmt: skip
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(_path(issuer.number), json.dumps(kit))


def _folder() -> Path:
    return Path(settings.VAR) / "keys"


def _path(office: int) -> Path:
    return _folder() / f"stop-{office}.json"
