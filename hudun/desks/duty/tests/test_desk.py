"""The duty desk: what it shows, to whom, and its two presses."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.duty.models import LogEntry
from hudun.affairs.soundings.models import Alert, SirenStatus, StopOrder
from hudun.affairs.soundings.testing import Office, make_office
from hudun.affairs.soundings.tests.sirens import hear_from, plant_sirens
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.journal.models import JournalLine
from hudun.core.processes.models import Heartbeat
from hudun.core.testing import Cast
from hudun.desks.duty.sirens import state_of

JSON = "application/json"


@pytest.fixture
def office(cast: Cast) -> Office:
    office = make_office(cast)
    hear_from(office.issuer, plant_sirens(cast.stage)[:4])
    return office


def login(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def state(client: Client, **asked: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/duty/state/", asked).json()
    return answer


def press(client: Client, target: Any) -> Any:
    return client.post("/duty/stop/", target, content_type=JSON, headers={"Accept": JSON})


def test_the_page_has_its_parts_and_the_big_stop(
    client: Client, cast: Cast, office: Office
) -> None:
    page = login(client, cast.wang).get("/duty/").content.decode()
    assert "全部停止" in page
    assert "Ctrl" in page
    assert 'data-part="board"' in page


def test_shows_every_siren_of_the_office_with_state_and_last_word(
    client: Client, cast: Cast, office: Office
) -> None:
    shown = state(login(client, cast.wang))
    assert [row["n"] for row in shown["sirens"]] == [1, 2, 3, 4, 5, 6]
    assert [row["state"] for row in shown["sirens"]] == ["ok"] * 4 + ["never"] * 2
    assert shown["sirens"][0]["phone"] == "0731-85000001"
    assert {signal["name"] for signal in shown["signals"]} >= {"预先", "空袭", "解除"}


def test_some_sirens_may_be_asked_for_and_no_query_is_made_per_siren(
    client: Client, cast: Cast, office: Office, django_assert_max_num_queries: Any
) -> None:
    login(client, cast.wang)
    assert [row["n"] for row in state(client, sirens="2,5")["sirens"]] == [2, 5]
    assert state(client, sirens="")["sirens"] == []
    assert client.get("/duty/state/?sirens=x").status_code == 400
    with django_assert_max_num_queries(30):
        state(client)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"unsolicited": True, "sounding": True}, ("unsolicited", "")),
        ({"sounding": True, "lost": True}, ("sounding", "")),
        ({"lost": True}, ("lost", "")),
        ({"amplifier_ok": False, "mains": False}, ("fault", "功放故障、市电断")),
        ({"battery_percent": 12, "door_open": True}, ("fault", "电池 12%、箱门开")),
        ({"offset_ms": -3000}, ("fault", "时钟快 3.0 秒")),
        ({"roster": 3, "offset_ms": 900}, ("ok", "")),
        ({"roster": 2}, ("fault", "名册为第 2 版，现行第 3 版")),
        ({"roster": 4}, ("fault", "名册为第 4 版，现行第 3 版")),
        ({"roster": 0}, ("fault", "没有名册，现行第 3 版")),
        ({}, ("ok", "")),
    ],
)
def test_what_it_does_comes_before_what_it_is(
    cast: Cast, said: dict[str, Any], expected: tuple[str, str]
) -> None:
    (siren,) = plant_sirens(cast.stage, 1)
    assert state_of(siren, SirenStatus(siren=1, last_word_ms=1, **said), 3) == expected
    assert state_of(siren, None) == ("never", "")
    siren.state = "repair"
    assert state_of(siren, None)[0] == "out"


def test_an_old_roster_and_all_telemetry_are_told_of_few(
    client: Client, cast: Cast, office: Office
) -> None:
    SirenStatus.objects.filter(siren=2).update(
        mains=True, battery_percent=96, amplifier_ok=True, door_open=False, celsius=-4,
        offset_ms=-120, roster=0, firmware="hudun 0.1",
    )  # fmt: skip
    (row,) = state(login(client, cast.wang), sirens="2")["sirens"]
    assert (row["state"], row["note"]) == ("fault", "没有名册，现行第 1 版")
    assert row["told"].split(" · ") == [
        "市电正常", "功放自检合格", "箱门关", "电池 96%", "-4 ℃", "时钟快 0.12 秒", "没有名册",
        "固件 hudun 0.1",
    ]  # fmt: skip
    assert "told" not in state(client)["sirens"][0]


@pytest.mark.parametrize("numbers", [[10**30], [-1], [], [999]])
def test_numbers_that_no_siren_has_stop_nobody(
    client: Client, cast: Cast, office: Office, numbers: list[int]
) -> None:
    assert press(login(client, cast.wang), {"sirens": numbers}).status_code == 404
    assert press(client, {"sirens": [True]}).status_code == 400
    assert not StopOrder.objects.exists()
    assert state(client, sirens=",".join(map(str, numbers)))["sirens"] == []


def test_a_number_that_no_siren_has_does_not_hinder_the_stop_of_the_others(
    client: Client, cast: Cast, office: Office
) -> None:
    assert press(login(client, cast.wang), {"sirens": [2, 10**30]}).json()["total"] == 1


def test_one_press_stops_all(client: Client, cast: Cast, office: Office) -> None:
    answer = press(login(client, cast.wang), {"all": True})
    assert answer.status_code == 200
    assert answer.json()["total"] == 6
    stop = StopOrder.objects.get()
    assert stop.pressed_by == cast.wang
    assert JournalLine.objects.filter(verb="soundings.press_stop").count() == 1
    assert state(client)["stops"][0]["id"] == str(stop.pk)
    assert LogEntry.objects.get().text == "按下停止：全部警报器，共 6 台。"


def test_a_press_for_some_names_them_and_is_one_row(
    client: Client, cast: Cast, office: Office
) -> None:
    answer = press(login(client, cast.wang), {"sirens": [2, 3]})
    assert answer.json()["total"] == 2
    assert [row["total"] for row in state(client)["stops"]] == [2]


@pytest.mark.parametrize(
    ("target", "status"),
    [({"sirens": [99]}, 404), ({"sirens": []}, 404), ({"sirens": "x"}, 400), ({}, 400)],
)
def test_a_press_for_nobody_is_refused(
    client: Client, cast: Cast, office: Office, target: Any, status: int
) -> None:
    assert press(login(client, cast.wang), target).status_code == status
    assert not StopOrder.objects.exists()


def test_a_body_that_is_not_json_is_refused(client: Client, cast: Cast, office: Office) -> None:
    assert press(login(client, cast.wang), "stop").status_code == 400
    assert press(client, "[1]").status_code == 400


def test_another_district_neither_sees_nor_stops(
    client: Client, cast: Cast, office: Office
) -> None:
    login(client, cast.qian)
    assert client.get("/duty/").status_code == 403
    assert client.get("/duty/state/").status_code == 403
    assert client.get(f"/duty/state/?office={office.issuer.number}").status_code == 403
    assert press(client, {"all": True}).status_code == 403
    assert not StopOrder.objects.exists()


def test_a_clerk_looks_but_has_no_stop(client: Client, cast: Cast, office: Office) -> None:
    page = login(client, cast.zhang).get("/duty/")
    assert page.status_code == 200
    assert "全部停止" not in page.content.decode()
    assert press(client, {"all": True}).status_code == 403
    assert client.get("/duty/stop/").status_code == 405


def test_an_unsolicited_sounding_names_place_and_phone_until_noted(
    client: Client, cast: Cast, office: Office
) -> None:
    siren = Siren.objects.get(number=1)
    began = clock.now() - timedelta(seconds=8)
    alert = Alert.objects.create(
        organ=office.issuer.organ,
        kind="unsolicited",
        siren=siren,
        number=siren.number,
        began_at=began,
    )
    (row,) = state(login(client, cast.wang))["alerts"]
    assert (row["name"], row["phone"]) == (siren.name, siren.site_phone)
    assert row["address"] == siren.site_address
    url = f"/duty/alerts/{alert.pk}/acknowledge/"
    assert login(Client(), cast.qian).post(url).status_code == 404
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 200
    assert state(client)["alerts"] == []


def test_a_process_without_a_heartbeat_shows(client: Client, cast: Cast, office: Office) -> None:
    now = clock.wall()
    for name, seconds in (("dispatch", 2), ("worker", 60)):
        at = now - timedelta(seconds=seconds)
        Heartbeat.objects.create(name=name, pid=1, host="h", since=at, at=at)
    rows = {row["name"]: row["alive"] for row in state(login(client, cast.wang))["processes"]}
    assert rows == {"发令": True, "网页": False, "后台": False}
