"""The files that are carried to the terminals, and their accounts at the message broker."""

import json
import secrets
from collections.abc import Iterable
from pathlib import Path

from hudun.assets.sirens.models import Siren
from hudun.core.error import Problem
from hudun.runtime.broker import dispatcher, write_access
from hudun.runtime.keys import write_private

from .models import Issuer
from .provisioning import NOBODY, Trusts, provision_of

WORD_FILE = "password"


def mount(issuer: Issuer, sirens: Iterable[Siren], folder: Path, upper: Trusts = NOBODY) -> int:
    """One folder a siren, named by its number, and ``broker`` for the broker; how many issuers
    the terminals know. A password that was given out before stays.

    Raises:
        Problem: 409.40 without a roster, 409.50 without root keys.
    """
    newest = issuer.rosters.order_by("-number").first()
    if newest is None:
        raise Problem("409.40")
    if not (bytes(issuer.root_a) and bytes(issuer.root_b)):
        raise Problem("409.50")
    offices = {issuer.number}
    for siren in sirens:
        provision = provision_of(siren, upper)
        offices |= set(provision.issuers)
        own = _folder(folder / str(siren.number))
        write_private(own / "provision.json", json.dumps(provision.to_json(), indent=1))
        (own / "roster").write_bytes(bytes(newest.frame))
        _password(own)
    _password(_folder(folder / dispatcher(issuer.number)))
    given = {path.parent.name: path.read_text() for path in folder.glob(f"*/{WORD_FILE}")}
    write_access(_folder(folder / "broker"), sorted(offices, reverse=True), given)
    return len(offices)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _password(folder: Path) -> None:
    if not (folder / WORD_FILE).exists():
        write_private(folder / WORD_FILE, secrets.token_urlsafe(24))
