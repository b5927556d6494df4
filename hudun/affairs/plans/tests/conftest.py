"""The four files of a small plan, and the plan made of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hudun.affairs.plans import actions
from hudun.affairs.plans.inputs import keep_input
from hudun.affairs.plans.models import Plan, Version
from hudun.affairs.plans.shelter_plan.plan import Result, Terms, make_plan
from hudun.affairs.plans.shelter_plan.points import read_points
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast
from hudun.geodata.streets import read_edges

from .test_shelter_plan import NODES, PEOPLE, SHELTERS, STREETS


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    given = {"streets": STREETS, "nodes": NODES, "people": PEOPLE, "shelters": SHELTERS}
    for name, text in given.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: str(tmp_path / f"{name}.csv") for name in given} | {"out": str(tmp_path / "out")}


@pytest.fixture
def result(files: dict[str, str]) -> Result:
    streets = read_edges(Path(files["streets"]), Path(files["nodes"]))
    people = read_points(Path(files["people"]))
    shelters = read_points(Path(files["shelters"]), shelters=True)
    return make_plan(streets, people, shelters, Terms(limit_m=700))


Login = Callable[[str], Client]


@pytest.fixture
def login(cast: Cast) -> Login:
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name), "django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def plan(cast: Cast, files: dict[str, str], tmp_path: Path, settings: Settings) -> Plan:
    """A plan of 天心区 with the four files, not yet computed."""
    settings.VAR = tmp_path / "var"
    settings.RUNS_DIR = tmp_path / "runs"
    made = actions.open_plan(
        cast.actor("zhang"), cast.stage.tianxin, title="天心区人员掩蔽保障计划", remark="演示"
    )
    for kind in ("streets", "nodes", "people", "shelters"):
        path = Path(files[kind])
        kept = keep_input(path.name, [path.read_bytes()])
        actions.add_input(cast.actor("zhang"), made, kind=kind, kept=kept)
    return made


@pytest.fixture
def version(cast: Cast, plan: Plan) -> Version:
    """Its first version, computed."""
    drafted = actions.draft_version(cast.actor("zhang"), plan, limit_m=700, note="初稿")
    assert drafted.run is not None
    run = run_now(drafted.run)
    assert run.state == "done", run.problem
    drafted.refresh_from_db()
    return drafted
