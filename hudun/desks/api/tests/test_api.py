"""What other programs read: the right rows, one subtree, a shape that does not change unseen."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.soundings.testing import Office, make_office
from hudun.affairs.soundings.tests.sirens import hear_from, plant_sirens
from hudun.core.testing import Cast
from hudun.desks.api.views import api
from hudun.wire.frames import Mode

SNAPSHOT = Path(__file__).with_name("openapi.json")


@pytest.fixture
def office(cast: Cast, tmp_path: Path, settings: Any) -> Office:
    settings.VAR = tmp_path
    office = make_office(cast)
    hear_from(office.issuer, plant_sirens(cast.stage)[:1])
    return office


def enter(person: Any) -> Client:
    client = Client(headers={"Accept": "application/json"})
    client.force_login(person)
    return client


def test_sirens_with_their_last_word(office: Office, cast: Cast) -> None:
    page = enter(cast.wang).get("/api/sirens?limit=2").json()
    assert (page["count"], [row["number"] for row in page["items"]]) == (6, [1, 2])
    assert page["items"][0]["last_word_at"] is not None
    assert page["items"][1]["last_word_at"] is None
    assert enter(cast.wang).get("/api/sirens/3").json()["street"] == "城南路街道"


def test_orders_with_the_sirens_they_address(office: Office, cast: Cast) -> None:
    order = office.immediate(Mode.LIVE)
    (row,) = enter(cast.wang).get("/api/orders").json()["items"]
    assert (row["mode"], row["state"]) == ("live", "released")
    assert row["sirens"] == [1, 2, 3, 4, 5, 6]
    assert enter(cast.wang).get(f"/api/orders/{order.pk}").json() == row


def test_another_district_a_stranger_and_a_wrong_method(office: Office, cast: Cast) -> None:
    order = office.immediate(Mode.SILENT)
    assert enter(cast.qian).get("/api/sirens").json()["count"] == 0
    assert enter(cast.qian).get("/api/sirens/1").status_code == 404
    assert enter(cast.qian).get(f"/api/orders/{order.pk}").status_code == 404
    assert Client().get("/api/sirens").status_code == 401
    assert enter(cast.wang).post("/api/sirens").status_code == 405


def test_the_shape_changes_only_on_purpose() -> None:
    """After a wanted change: write `json.dumps(…)` of api.get_openapi_schema() over the file."""
    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    assert schema == json.loads(SNAPSHOT.read_text())
