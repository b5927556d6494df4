"""What if: losses, a polygon, an evacuation; and drills against the plan."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from hudun.affairs.plans import actions
from hudun.affairs.plans.book.names import ON_FOOT_LAYER
from hudun.affairs.plans.inputs import keep_input
from hudun.affairs.plans.models import Drill, ShelterRow, Trial, Version
from hudun.affairs.plans.reading import balance_of
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.planner import Run
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

from .conftest import Login

pytestmark = pytest.mark.django_db

AROUND_A = {
    "type": "Polygon",
    "coordinates": [
        [[112.999, 27.999], [113.001, 27.999], [113.001, 28.001], [112.999, 28.001],
         [112.999, 27.999]]
    ],
}  # fmt: skip
BETWEEN_2_AND_3 = {
    "type": "Polygon",
    "coordinates": [
        [[113.0027, 27.999], [113.0033, 27.999], [113.0033, 28.001], [113.0027, 28.001],
         [113.0027, 27.999]]
    ],
}  # fmt: skip


def lose(cast: Cast, version: Version, **asked: Any) -> Trial:
    trial = actions.try_loss(cast.actor("zhang"), version, **asked)
    assert trial.run is not None
    run = run_now(trial.run)
    assert run.state == "done", run.problem
    trial.refresh_from_db()
    return trial


def test_who_lost_a_shelter_moves_and_the_sums_stay_level(cast: Cast, version: Version) -> None:
    y = ShelterRow.objects.of(version).get(name="y")
    trial = lose(cast, version, lost=[y.position])
    assert trial.run is not None
    told = trial.run.result
    assert (told["displaced"], told["level"], told["lost_shelters"]) == (40, True, 1)
    assert told["repair_left"] >= told["stable_left"] == 171 - 90


def test_a_street_is_closed_by_a_shape(cast: Cast, version: Version) -> None:
    trial = lose(cast, version, lost=[], closed=BETWEEN_2_AND_3)
    assert trial.run is not None
    assert trial.run.result["closed_streets"] > 0 and trial.run.result["level"]
    assert trial.title == "断路"


def test_a_loss_becomes_a_version(cast: Cast, version: Version) -> None:
    y = ShelterRow.objects.of(version).get(name="y")
    trial = lose(cast, version, lost=[y.position])
    made = actions.adopt_trial(cast.actor("zhang"), trial)
    assert (made.number, made.state, made.based_on) == (2, "draft", version)
    assert made.totals["places"] == 90 and balance_of(made).word == "平"
    lost = ShelterRow.objects.of(made).get(name="y")
    assert (lost.places, lost.people) == (0, 0)
    assert "y" not in "".join(made.totals["faults"]), "a lost shelter is no fault of the input"
    with pytest.raises(Problem, match=r"409\.303"):
        actions.adopt_trial(cast.actor("zhang"), trial)
    again = lose(cast, made, lost=[ShelterRow.objects.of(made).get(name="x").position])
    assert again.run is not None and again.run.result["stable_left"] == 171


def test_nothing_lost_is_no_question(cast: Cast, version: Version) -> None:
    with pytest.raises(Problem, match=r"422\.305"):
        actions.try_loss(cast.actor("zhang"), version, lost=[])
    with pytest.raises(Problem, match=r"403\.1 "):
        actions.try_loss(cast.actor("shenji"), version, lost=[0])
    with pytest.raises(Problem, match=r"404\.1"):
        actions.try_loss(cast.actor("qian"), version, lost=[0])


def test_the_pages_of_a_loss(cast: Cast, login: Login, version: Version) -> None:
    client = login("zhang")
    path = f"/plans/versions/{version.pk}/loss/"
    assert "data-plan-loss" in client.get(path).content.decode()
    wrong = client.post(path, {"names": "没有的", "penalty_m": "1000"})
    said = wrong.content.decode()
    assert wrong.status_code == 422 and "422.306" in said and 'value="没有的"' in said
    answer = client.post(path, {"names": "y", "penalty_m": "1000"})
    trial = Trial.objects.get()
    assert answer["Location"] == f"/plans/trials/{trial.pk}/"
    assert "演算损失与改派" in client.get(answer["Location"]).content.decode()
    assert trial.run is not None
    run_now(trial.run)
    page = client.get(answer["Location"]).content.decode()
    assert "损失前后" in page and "不平" not in page and "作为新版起草" in page
    assert "（无位）" in client.get(answer["Location"] + "?stage=once").content.decode()
    assert login("qian").get(answer["Location"]).status_code == 404
    assert "作为新版起草" not in login("shenji").get(answer["Location"]).content.decode()
    adopted = client.post(f"/plans/trials/{trial.pk}/adopt/")
    made = Version.objects.get(number=2)
    assert adopted["Location"] == f"/plans/versions/{made.pk}/"
    assert "损失 y后的稳定方案" in client.get(adopted["Location"]).content.decode()
    assert client.get(f"/plans/trials/{trial.pk}/adopt/").status_code == 405


def test_a_polygon_has_a_time(login: Login, version: Version) -> None:
    client = login("wang")
    path = f"/plans/versions/{version.pk}/clear/"
    answer = client.post(
        path, {"area": json.dumps(AROUND_A)}, headers={"Accept": "application/json"}
    )
    run = Run.objects.of_kind("plans.clear").get()
    assert answer.json()["state"].endswith(f"{run.pk}/state/")
    run = run_now(run)
    told = run.result
    assert (told["rows"], told["people"]) == (1, 50)
    assert told["covered"] + told["left"] == 50 and told["covered"] > 0
    parts = sum(minutes for _, minutes in told["together"]["parts"])
    assert parts == pytest.approx(told["together"]["mean_min"], abs=0.3)
    assert told["alone"]["last_min"] <= told["together"]["last_min"]
    for wrong in ("", "x", '{"type":"Point","coordinates":[1,2]}'):
        refused = client.post(path, {"area": wrong}, headers={"Accept": "application/json"})
        assert refused.status_code == 422 and refused.json()["number"] == "422.309"
    assert login("shenji").post(path, {"area": json.dumps(AROUND_A)}).status_code == 403


def test_who_leaves_gathers_and_rides(cast: Cast, login: Login, version: Version) -> None:
    client, path = login("zhang"), f"/plans/versions/{version.pk}/leave/"
    asked = {"early": "10", "near": "20", "urgent": "0", "gather_m": "1500", "vehicles": "2",
             "seats": "45"}  # fmt: skip
    refused = client.post(path, asked)
    assert refused.status_code == 422 and "422.301" in refused.content.decode()
    for kind, text in (
        ("assembly", "id,lon,lat,capacity\n东门,113.002,28,40\n"),
        ("areas", "id,lon,lat,capacity\n山村,113.3,28.2,30\n湖村,113.4,28.3,100\n"),
    ):
        kept = keep_input(f"{kind}.csv", [text.encode()])
        actions.add_input(cast.actor("zhang"), version.plan, kind=kind, kept=kept)
    answer = client.post(path, asked)
    trial = Trial.objects.get()
    assert trial.run is not None
    run = run_now(trial.run)
    assert run.state == "done" and run.result["level"], run.problem
    page = client.get(answer["Location"]).content.decode()
    assert "早期" in page and "临战" in page and "紧急" not in page.split("各批")[1][:600]
    assert "山村" in page and "不平" not in page
    assert "走到集结点的道路" in page
    streets = json.loads(run.file(ON_FOOT_LAYER).read_text())["features"]
    assert streets and all(one["geometry"]["coordinates"] for one in streets)
    most = max(one["properties"]["low"] for one in streets)
    assert 1 <= most <= sum(wave["people"] for wave in run.result["waves"])


def moments(minutes: float) -> dict[str, Any]:
    begun = clock.now() - timedelta(hours=3)
    return {"sounded_at": begun, "last_in_at": begun + timedelta(minutes=minutes)}


def test_a_drill_is_held_against_the_plan(cast: Cast, login: Login, version: Version) -> None:
    drill = actions.record_drill(
        cast.actor("zhang"), version, community=0, took_part=120, finding="西门太窄", **moments(60)
    )
    assert (drill.community, drill.planned_people) == ("东社区", 130)
    assert drill.late_min == pytest.approx(60 - drill.planned_last_min) and drill.late_min > 0
    assert drill.planned_first_min is not None
    page = login("zhou").get(f"/plans/versions/{version.pk}/drills/").content.decode()
    assert "西门太窄" in page and "慢 " in page
    assert JournalLine.objects.filter(verb="plans.record_drill").exists()


@pytest.mark.parametrize(
    ("change", "number"),
    [({"community": 9}, "404.300"), ({"took_part": 0}, "422.303"), ({"last": -5}, "422.307"),
     ({"last": 600}, "422.307")],
)  # fmt: skip
def test_a_drill_that_cannot_have_been(
    cast: Cast, version: Version, change: dict[str, int], number: str
) -> None:
    asked = {"community": 0, "took_part": 10, **moments(change.pop("last", 20))} | change
    with pytest.raises(Problem, match=number):
        actions.record_drill(cast.actor("zhang"), version, **asked)
    assert not Drill.objects.exists()


def test_a_drill_is_recorded_on_the_page(login: Login, version: Version) -> None:
    client, path = login("zhang"), f"/plans/versions/{version.pk}/drills/"
    begun = clock.beijing(clock.now() - timedelta(hours=2)).replace(tzinfo=None, microsecond=0)
    asked = {
        "community": "0", "took_part": "30", "finding": "顺利", "shelter": "x",
        "sounded_at": begun.isoformat(), "last_in_at": (begun - timedelta(minutes=9)).isoformat(),
    }  # fmt: skip
    wrong = client.post(path, asked)
    assert wrong.status_code == 422 and "422.307" in wrong.content.decode()
    assert "顺利" in wrong.content.decode(), "nothing typed is lost"
    asked["last_in_at"] = (begun + timedelta(minutes=9)).isoformat()
    assert client.post(path, asked).status_code == 302
    assert Drill.objects.get().last_min == 9
    assert login("shenji").post(path, asked).status_code == 403
