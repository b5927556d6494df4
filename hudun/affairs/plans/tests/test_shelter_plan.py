"""`hudun shelter-plan`: the files it writes agree to the person, and bad rows are named."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from hudun.affairs.plans.shelter_plan import command

STREETS = """from,to,metres,width
1,2,200,4
2,3,200,4
3,4,200,4
4,5,200,4
8,9,50,4
"""
NODES = """id,lon,lat
1,113.000,28
2,113.002,28
3,113.004,28
4,113.006,28
5,113.008,28
8,113.050,28.02
9,113.0505,28.02
"""
PEOPLE = """编号,lon,lat,people,community,vulnerable
a,113.000,28,50,东社区,5
b,113.004,28,80,东社区,8
c,113.008,28,30,西社区,0
d,113.050,28.02,7,西社区,1
e,113.2,28.2,4,西社区,0
a,113.000,28,9,东社区,0
f,113.000,28,-3,东社区,0
g,113.000,28,,东社区,0
h,,,12,东社区,0
i,113.000,28,99999999999999999999,东社区,0
"""
SHELTERS = """id,lon,lat,capacity,width,state
x,113.002,28,90,1.5,可用
y,113.0065,28,40,,可用
z,113.004,28,500,,停用
w,113.004,28,0,,可用
u,113.004,28,,,可用
"""


def run(files: dict[str, str], *words: str) -> int:
    named = [word for name, path in files.items() for word in (f"--{name}", path)]
    return command.main([*named, *words])


def table(files: dict[str, str], name: str) -> list[dict[str, str]]:
    with (Path(files["out"]) / f"{name}.csv").open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def summary(files: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((Path(files["out"]) / "summary.json").read_text())
    return told


def test_everybody_is_in_the_plan_or_in_the_gaps(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files, "--limit", "700") == 0
    told = summary(files)
    assert (told["people"], told["covered"], told["left"]) == (171, 130, 41)
    assert told["proved"] and told["reconciled"]
    assert {row["demand"]: (row["people"], row["reason"]) for row in table(files, "gaps")} == {
        **{row["demand"]: (row["people"], "范围内工程已满") for row in table(files, "gaps")},
        "d": ("7", "道路不通"),
        "e": ("4", "道路不通"),
    }
    loads = {row["shelter"]: int(row["people"]) for row in table(files, "shelters")}
    assert loads == {"x": 90, "y": 40}
    said = capsys.readouterr().out
    assert "人数 171，有位 130，无位 41" in said and "各表合计一致" in said


def test_shelters_fill_minute_by_minute(files: dict[str, str]) -> None:
    assert run(files, "--limit", "700") == 0
    last: dict[str, int] = {}
    for row in table(files, "fill"):
        assert int(row["arrived"]) >= int(row["inside"]) >= last.get(row["shelter"], 0)
        last[row["shelter"]] = int(row["inside"])
    assert last == {row["shelter"]: int(row["people"]) for row in table(files, "shelters")}


def test_totals_of_communities_are_those_of_their_people(files: dict[str, str]) -> None:
    assert run(files) == 0
    rows = {row["community"]: row for row in table(files, "communities")}
    assert (rows["东社区"]["people"], rows["东社区"]["vulnerable"]) == ("130", "13")
    assert rows["西社区"]["people"] == "41" and rows["西社区"]["道路不通"] == "11"
    assert sum(int(row["covered"]) for row in rows.values()) == 130


def test_rows_that_cannot_be_used_are_named(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files) == 0
    said = capsys.readouterr().out
    for fault in (
        "a：编号重复", "f：人数为负", "g：人数未知", "h：位置未知",
        "z：停用", "w：容量为 0", "u：容量未知", "i：人数大得不合理",
        "不在路网上的人口（计入道路不通） 1 行：e：4",
    ):  # fmt: skip
        assert fault in said


def test_out_of_reach_is_not_cut_off(files: dict[str, str]) -> None:
    assert run(files, "--limit", "150") == 0
    reasons = {row["demand"]: row["reason"] for row in table(files, "gaps")}
    assert reasons["a"] == "范围内没有工程" and reasons["d"] == "道路不通"


def test_layers_for_the_map(files: dict[str, str]) -> None:
    assert run(files, "--form", "gpkg", "geojson") == 0
    out = Path(files["out"])
    assert {name for name, _ in pyogrio.list_layers(out / "plan.gpkg")} == {
        "routes", "gaps", "shelters",
    }  # fmt: skip
    routes = json.loads((out / "routes.geojson").read_text())["features"]
    assert all(len(route["geometry"]["coordinates"]) >= 2 for route in routes)
    assert (out / "plan.png").stat().st_size > 1000


def test_a_network_without_positions(files: dict[str, str], tmp_path: Path) -> None:
    """As in a file of edges only: rows name their node; there is a plan, and no map."""
    (tmp_path / "people.csv").write_text("id,node,people,access\na,1,50,30\nb,3,20,0\n")
    (tmp_path / "shelters.csv").write_text("id,node,capacity\nx,2,100\n")
    del files["nodes"]
    assert run(files) == 0
    told = summary(files)
    assert told["covered"] == 70 and not (Path(files["out"]) / "plan.png").exists()
    metres = {row["demand"]: float(row["metres"]) for row in table(files, "assignment")}
    assert metres == {"a": 230.0, "b": 200.0}


@pytest.mark.nightly
def test_a_million_nodes_with_broken_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"{k},{k + 1},50" for k in range(1_000_000)]
    lines[700_000], lines[3] = "12,abc", "99999999999999999999,5,3"
    given = {
        "streets": "\n".join(lines),
        "people": "id,node,people\na,10,5\nb,999990,7\nc,99999999,3\n",
        "shelters": "id,node,capacity\nx,12,9\n",
    }
    for name, text in given.items():
        (tmp_path / f"{name}.csv").write_text(text)
    paths = {name: str(tmp_path / f"{name}.csv") for name in given} | {"out": str(tmp_path / "o")}
    assert run(paths) == 0
    said, told = capsys.readouterr().out, summary(paths)
    assert "弃用 2 处" in said and "streets.csv:700001" in said and "c：3" in said
    assert (told["covered"], told["left"], told["streets"]["components"]) == (5, 10, 3)


def test_placed_shelters_say_so(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    del files["shelters"]
    assert run(files, "--place", "2", "--size", "100") == 0
    assert "工程是按规则拟设的" in capsys.readouterr().out
    assert summary(files)["shelters"] == 2


def test_whole_rows_stay_together(files: dict[str, str]) -> None:
    assert run(files, "--whole") == 0
    assert summary(files)["reconciled"]


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("streets", "", "400.310"),
        ("people", "id,lon,lat\na,113,28\n", "400.312"),
        ("people", "id,people\na,3\n", "400.312"),
        ("people", "id,lon,lat,people\na,113,28,-1\n", "400.313"),
        ("people", "", "400.313"),
        ("shelters", "id,lon,lat,capacity\nx,113,28,0\n", "400.313"),
    ],
)
def test_a_file_of_no_use_is_a_numbered_error(
    name: str,
    text: str,
    number: str,
    files: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert run(files) == 2
    assert capsys.readouterr().err.startswith(number)
