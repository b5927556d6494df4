"""The four files of a small plan, and the plan made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hudun.affairs.plans.shelter_plan.plan import Result, Terms, make_plan
from hudun.affairs.plans.shelter_plan.points import read_points
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
