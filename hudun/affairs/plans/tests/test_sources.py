"""What a plan is made from where nothing was uploaded: layers of the city, the register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from hudun.affairs.plans import actions
from hudun.affairs.plans.book.assign import named
from hudun.affairs.plans.models import Plan, ShelterRow
from hudun.affairs.plans.register import registered
from hudun.affairs.plans.sources import sources
from hudun.assets.city import actions as city
from hudun.assets.city.files import store
from hudun.assets.shelters import actions as shelters
from hudun.core.action import Actor
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db

LINES = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
{"type":"LineString","coordinates":[[113.0,28.0],[113.002,28.0],[113.004,28.0],[113.008,28.0]]}}]}"""
PEOPLE = "lon,lat,population,community\n113.0,28.0,50,东社区\n113.004,28.0,80,东社区\n"
SHELTER = {
    "kind": "basement", "war_use": "second_class", "capacity": 100, "source_lon": 113.002,
    "source_lat": 28.0, "maintainer_person": "周经理", "maintainer_phone": "0731-85551234",
}  # fmt: skip


@pytest.fixture
def bare(cast: Cast, tmp_path: Path, settings: Settings) -> Plan:
    """A plan without a file of its own; streets and people stand in the city, one shelter fit and
    three unfit in the register."""
    settings.VAR, settings.RUNS_DIR = tmp_path / "var", tmp_path / "runs"
    settings.CITY_DIR = tmp_path / "city"
    actor, tianxin = cast.actor("zhang"), cast.stage.tianxin
    for kind, name, text in (("streets", "路.geojson", LINES), ("population", "人.csv", PEOPLE)):
        layer = city.upload_layer(
            actor, tianxin, file=store([text.encode()], name, kind), kind=kind, name=name,
            ask=False, source="测试", licence="", surveyed_on=date(2026, 1, 1),
        )  # fmt: skip
        found = {"rows": 3, "box": [113, 28, 113.01, 28.01], "said": [], "faults": {}}
        system = Actor.system(tianxin)
        city.keep_layer(system, city.read_layer_file(system, layer, found=found))
    for number, change in (
        ("A-1", {}), ("A-2", {"war_use": "goods"}), ("A-3", {"capacity": None}),
        ("A-4", {"condition": "bad"}),
    ):  # fmt: skip
        shelters.register_shelter(
            actor, cast.stage.baishajing, number=number, name=f"{number} 地下室", **SHELTER | change
        )
    return actions.open_plan(actor, tianxin, title="用图层的预案")


def test_layers_and_the_register_are_enough(cast: Cast, bare: Plan) -> None:
    assert {kind: one.city for kind, one in sources(bare).items()} == {
        "streets": True, "people": True,
    }  # fmt: skip
    version = actions.draft_version(cast.actor("zhang"), bare)
    assert version.run is not None
    run = run_now(version.run)
    assert run.state == "done", run.problem
    version.refresh_from_db()
    assert (version.totals["people"], version.totals["covered"]) == (130, 100)
    assert [row.title for row in ShelterRow.objects.of(version)] == ["A-1 地下室"]
    assert [one["kind"] for one in version.inputs] == ["路网", "人口", "工程"]
    faults = "；".join(version.totals["faults"])
    for said in ("A-2：战时功能是物资库", "A-3：可掩蔽人数未知", "A-4：工程状况较差"):
        assert said in faults


def test_a_file_goes_before_a_layer(cast: Cast, bare: Plan) -> None:
    from hudun.affairs.plans.inputs import keep_input

    kept = keep_input("people.csv", [b"id,lon,lat,people\nq,113.0,28,7\n"])
    actions.add_input(cast.actor("zhang"), bare, kind="people", kept=kept)
    assert not sources(bare)["people"].city


def test_bad_ones_only_when_asked_for(cast: Cast, bare: Plan) -> None:
    assert [row["id"] for row in registered(cast.stage.tianxin).rows] == ["A-1"]
    with_bad = registered(cast.stage.tianxin, with_bad=True)
    assert [row["id"] for row in with_bad.rows] == ["A-1", "A-4"]
    assert with_bad.rows[0]["keeper"] == "周经理"
    assert not registered(cast.stage.yuanhui).rows


def test_people_without_a_name_get_one(tmp_path: Path) -> None:
    path = tmp_path / "人.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    made = named(path, tmp_path).read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in made] == ["id", "东社区1 号点", "东社区2 号点"]
    (tmp_path / "b.csv").write_text("编号,lon,lat,people\na,1,2,3\n", encoding="utf-8")
    assert named(tmp_path / "b.csv", tmp_path) == tmp_path / "b.csv"
