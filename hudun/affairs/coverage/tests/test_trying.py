"""Sirens switched off or moved on the page of a calculation: the figures of a fresh run."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from PIL import Image

from hudun.affairs.coverage import actions, live
from hudun.affairs.coverage.answers import silent_sirens
from hudun.affairs.coverage.models import Silence, Survey
from hudun.assets.city.testing import LAT, LON, METRE
from hudun.assets.sirens.actions import edit_siren
from hudun.assets.sirens.models import Siren
from hudun.core.journal.models import JournalLine
from hudun.core.outbox.models import Event
from hudun.core.planner import Run
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

from .conftest import Ask, Login

pytestmark = pytest.mark.django_db
Try = Callable[..., Run]
Place = tuple[float, float]


@pytest.fixture
def attempt(ready: Cast) -> Try:
    def make(
        survey: Survey, off: tuple[int, ...] = (), moved: dict[int, Place] | None = None,
        whole: bool = False,
    ) -> Run:  # fmt: skip
        run = actions.try_out(
            ready.actor("li"), survey, off=list(off), moved=moved or {}, whole=whole
        )
        return run_now(run)

    return make


def place(x: float, y: float) -> Place:
    return LON + x * METRE, LAT + y * METRE


def afresh(cast: Cast, survey: Survey, where: dict[int, Place], off: tuple[int, ...]) -> Any:
    """The same calculation from nothing, with the register changed."""
    for index, (lon, lat) in where.items():
        siren = Siren.objects.get(number=survey.sirens[index]["number"])
        edit_siren(cast.actor("li"), siren, source_lon=lon, source_lat=lat)
    Siren.objects.filter(number__in=[survey.sirens[i]["number"] for i in off]).update(
        state="faulty"
    )
    again = actions.ask_survey(
        cast.actor("li"), cast.stage.tianxin, name="重算", settings=survey.given
    )
    return run_now(again.run)


def test_what_is_tried_is_what_a_fresh_run_gives(
    ready: Cast,
    ask: Ask,
    attempt: Try,
) -> None:
    survey = ask()
    there = place(2700, 30)
    attempt(survey, moved={0: place(700, 10)})
    attempt(survey, off=(1,), moved={0: place(1300, 60)})
    tried = attempt(survey, off=(1,), moved={0: there}).result
    fresh = afresh(ready, survey, {0: there}, (1,)).result
    assert tried["figures"] == fresh["figures"]
    assert tried["places"] == fresh["places"]
    assert tried["zone_count"] == fresh["zone_count"]
    whole = attempt(survey, off=(1,), moved={0: there}, whole=True).result
    assert whole["whole"]
    assert whole["overlap"] == fresh["overlap"]


def test_everything_back_is_where_it_began(ask: Ask, attempt: Try) -> None:
    survey = ask()
    attempt(survey, off=(0,), moved={1: place(100, 100)}, whole=True)
    attempt(survey, moved={0: place(900, 0), 1: place(200, 0)})
    back = attempt(survey, whole=True).result
    for name in ("figures", "overlap", "places"):
        assert back[name] == survey.run.result[name]


def test_a_partly_reckoned_siren_is_finished_where_another_falls_silent(
    ready: Cast,
    ask: Ask,
    attempt: Try,
) -> None:
    """The moved one is reckoned only where the other is not heard; then the other is put out."""
    survey, beside = ask(), place(60, 60)
    attempt(survey, moved={1: beside})
    tried = attempt(survey, off=(0,), moved={1: beside}).result
    fresh = afresh(ready, survey, {1: beside}, (0,)).result
    assert tried["figures"] == fresh["figures"]
    assert tried["figures"]["hearing"] == 1000


def blue(picture: Any) -> int:
    """Pixels of what is heard."""
    return int((picture[..., 2] > picture[..., 0]).sum())


def test_the_picture_shows_what_is_heard(ask: Ask, attempt: Try) -> None:
    survey = ask()
    before = np.asarray(Image.open(survey.run.file("overlay.png")))
    silent = attempt(survey, off=(0, 1))
    after = np.asarray(Image.open(silent.file("overlay.png")))
    assert before.shape == after.shape
    assert blue(before) > 50
    assert blue(after) == 0
    assert silent.result["figures"]["covered_m2"] == 0
    assert silent.result["figures"]["hearing"] == 0


def test_off_the_map_is_refused_by_number(ask: Ask, attempt: Try) -> None:
    survey = ask()
    for where in (place(90_000, 0), (181.0, 28.0)):
        assert attempt(survey, moved={0: where}).problem["number"] == "422.201"
    assert attempt(survey).result["figures"] == survey.run.result["figures"]


def post(login: Login, who: str, survey: Survey, body: Any) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body)
    return login(who).post(f"{survey.url}try/", raw, content_type="application/json")


def test_the_page_asks_and_who_may(ask: Ask, login: Login) -> None:
    survey = ask()
    lines = JournalLine.objects.count()
    answer = post(login, "wang", survey, {"off": [0], "moved": {"1": place(9, 9)}, "whole": False})
    assert answer.status_code == 200
    run = Run.objects.get(pk=UUID(answer.json()["run"]))
    assert run.quick
    assert JournalLine.objects.count() == lines, "a question is not a change"
    assert post(login, "qian", survey, {"off": [], "moved": {}}).status_code == 404
    assert post(login, "shenji", survey, {"off": [], "moved": {}}).status_code == 403
    assert login("wang").get(f"{survey.url}try/").status_code == 405
    nowhere = b'{"off": [], "moved": {"0": [NaN, 28]}}'
    bad: list[Any] = [
        b"{",
        nowhere,
        {"off": [7], "moved": {}},
        {"off": 1},
        {"off": [], "moved": {"0": 3}},
    ]
    for body in bad:
        assert post(login, "wang", survey, body).status_code == 400, body


def test_the_rest_of_a_map_gives_way_to_something_newer(
    ask: Ask,
    attempt: Try,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    survey = ask()
    monkeypatch.setattr("hudun.affairs.coverage.runs.survey.overtaken", lambda: True)
    given_up = attempt(survey, moved={0: place(700, 0)}, whole=True).result
    assert given_up["whole"] is False
    assert given_up["overlap"] is None
    live._lives.clear()
    monkeypatch.setattr("hudun.affairs.coverage.runs.survey.overtaken", lambda: False)
    assert attempt(survey, moved={0: place(700, 0)}).result["figures"] == given_up["figures"]


def test_who_was_silent_today_can_be_put_out(
    ready: Cast,
    ask: Ask,
    login: Login,
) -> None:
    survey = ask()
    said = {
        "order": str(uuid4()), "day": "2026-11-01", "title": "11·1 试鸣", "ordered": 3,
        "url": "/soundings/plans/x/result/", "silent": [2, 77],
    }  # fmt: skip
    event = Event(name="soundings.settled", organ=ready.stage.tianxin, payload=said)
    silent_sirens(event)
    silent_sirens(event)
    record = Silence.objects.get()
    assert (record.day, record.numbers, record.ordered) == (date(2026, 11, 1), [2, 77], 3)
    page = login("wang").get(survey.url).content.decode()
    assert 'data-off="1"' in page, "the second siren of the calculation"
    assert "关掉 11-01 未响的 1 台" in page
    assert "另有 1 台不在这次计算里" in page
    assert "11·1 试鸣" in login("wang").get("/coverage/").content.decode()
    assert "11·1 试鸣" not in login("qian").get("/coverage/").content.decode()
