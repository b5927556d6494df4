"""Keys and rosters: the server sees public keys; only a root's signature changes who may sign."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from hudun.affairs.soundings.models import Issuer, PersonKey
from hudun.affairs.soundings.roster import next_roster
from hudun.affairs.soundings.testing import Office, key_for
from hudun.affairs.soundings.views.keys import frame_in
from hudun.core import clock
from hudun.core.journal.models import JournalLine
from hudun.core.testing import Cast
from hudun.runtime.keys import to_text
from hudun.wire.cose import sign1
from hudun.wire.frames import kid_octets

PUBLIC = to_text(key_for("fresh").public_key().public_bytes_raw())


def enter(person: Any) -> Client:
    client = Client(headers={"Accept": "application/json"})
    client.force_login(person)
    return client


def ask(client: Client, **body: Any) -> Any:
    whole = {"public": PUBLIC, "rights": 6, **body}
    return client.post("/soundings/keys/request/", whole, content_type="application/json")


def page(client: Client) -> str:
    return client.get("/soundings/keys/", headers={"Accept": "text/html"}).content.decode()


def signed_roster(office: Office, root: str = "root 0") -> bytes:
    payload = next_roster(office.issuer, clock.now()).encode()
    return sign1(payload, kid_octets(0), key_for(root))


def upload(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("roster.cbor", content)
    return client.post("/soundings/keys/roster/", {"roster": file})


def test_shows_who_has_which_right_until_when(office: Office, cast: Cast) -> None:
    shown = page(enter(cast.wang))
    assert "试鸣、静默" in shown
    assert "实警、静默" in shown
    assert "第 1 版" in shown
    assert "登记签好" not in shown, "the roster desk is the security administrator's"
    assert "登记" in page(enter(cast.anguan))


def test_a_key_made_in_the_browser_asks_for_its_place(office: Office, cast: Cast) -> None:
    answer = ask(enter(cast.wang))
    key = PersonKey.objects.get(kid=answer.json()["kid"])
    assert (key.state, key.user) == ("requested", cast.wang)
    assert JournalLine.objects.filter(verb="soundings.request_key", person=cast.wang).exists()
    assert "1 把密钥等待入册" in page(enter(cast.anguan))
    assert ask(enter(cast.wang)).status_code == 422, "a key asks once"


@pytest.mark.parametrize(
    ("body", "status"),
    [({"rights": 3}, 422), ({"rights": 8}, 422), ({"rights": "x"}, 400), ({"public": "AA"}, 422)],
)
def test_a_wrong_request_is_refused(
    office: Office, cast: Cast, body: dict[str, Any], status: int
) -> None:
    assert ask(enter(cast.wang), **body).status_code == status
    assert ask(enter(cast.zhang)).status_code == 403


def test_the_next_roster_goes_to_the_root_key_and_comes_back_signed(
    office: Office, cast: Cast
) -> None:
    kid = ask(enter(cast.wang)).json()["kid"]
    keeper = enter(cast.anguan)
    carried = json.loads(keeper.get("/soundings/keys/roster.json").content)
    assert carried["number"] == 2
    assert kid in [key["kid"] for key in carried["keys"]]
    assert upload(keeper, signed_roster(office)).status_code == 302
    assert PersonKey.objects.get(kid=kid).state == "listed"
    assert JournalLine.objects.filter(verb="soundings.register_roster").count() == 2


def test_a_roster_that_no_root_signed_changes_nothing(office: Office, cast: Cast) -> None:
    assert upload(enter(cast.anguan), signed_roster(office, "somebody")).status_code == 422
    assert upload(enter(cast.anguan), b"nonsense").status_code == 422
    assert enter(cast.anguan).post("/soundings/keys/roster/").status_code == 400
    assert office.issuer.rosters.count() == 1


def test_only_the_security_administrator_keeps_the_roster(office: Office, cast: Cast) -> None:
    frame = signed_roster(office)
    for person in (cast.wang, cast.xiguan):
        assert upload(enter(person), frame).status_code == 403
        assert enter(person).get("/soundings/keys/roster.json").status_code == 403
    assert enter(cast.anguan).get("/soundings/keys/roster/").status_code == 405
    assert office.issuer.rosters.count() == 1


def test_a_request_is_withdrawn_by_its_owner_and_not_from_outside(
    office: Office, cast: Cast
) -> None:
    ask(enter(cast.wang))
    key = PersonKey.objects.get(state="requested")
    url = f"/soundings/keys/{key.pk}/withdraw/"
    assert enter(cast.qian).post(url).status_code == 404
    assert enter(cast.wang).post(url).status_code == 302
    key.refresh_from_db()
    assert key.state == "revoked"


def test_an_office_is_set_up_and_its_roots_are_pinned(
    cast: Cast, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR = tmp_path
    keeper = enter(cast.anguan)
    assert "还没有设为发令单位" in page(keeper)
    assert keeper.post("/soundings/keys/set-up/").status_code == 302
    roots = [to_text(key_for(f"root {n}").public_key().public_bytes_raw()) for n in (0, 1)]
    wrong = keeper.post("/soundings/keys/roots/", {"root_a": "x", "root_b": roots[1]})
    assert wrong.status_code == 422
    keeper.post("/soundings/keys/roots/", {"root_a": roots[0], "root_b": roots[1]})
    assert to_text(bytes(Issuer.objects.get().root_a)) == roots[0]
    again = keeper.post("/soundings/keys/roots/", {"root_a": roots[1], "root_b": roots[0]})
    assert again.status_code == 409


@pytest.mark.parametrize("wrap", [bytes, lambda f: to_text(f).encode() + b"\n"])
def test_a_roster_may_come_as_octets_or_as_text(wrap: Any) -> None:
    frame = bytes([0xD2, 0x84, 0xFF, 0x00])
    assert frame_in(wrap(frame)) == frame
    assert frame_in(json.dumps({"frame": to_text(frame)}).encode()) == frame
