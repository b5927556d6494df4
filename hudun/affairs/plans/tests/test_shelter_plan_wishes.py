"""What else `hudun shelter-plan` is asked: units and buildings, entrances, losses, who leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .test_shelter_plan import run, summary, table


def test_units_by_day_and_by_night(files: dict[str, str], tmp_path: Path) -> None:
    """A school is full by day and empty at night; homes the other way round."""
    (tmp_path / "units.csv").write_text(
        "id,lon,lat,类型,白天人数,夜间人数,community,vulnerable_share\n"
        "s1,113.004,28,学校,60,0,东社区,0.5\nh1,113.002,28,医院,20,15,东社区,1\n"
    )
    files["people"] = str(tmp_path / "units.csv")
    for when, people, frail in (("day", 80, 50), ("night", 15, 15)):
        assert run(files, "--when", when) == 0
        (row,) = table(files, "communities")
        assert (row["people"], row["vulnerable"]) == (str(people), str(frail))
    assert run(files) == 0 and summary(files)["people"] == 15, "without a word, at night"


def test_people_are_spread_over_buildings_by_floor_area(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.csv").write_text(
        "id,lon,lat,建筑面积\nb1,113.0,28,300\nb2,113.004,28,600\nb3,113.008,28,\n"
    )
    files["people"] = str(tmp_path / "b.csv")
    assert run(files, "--total", "100") == 0
    assert summary(files)["people"] == 100 and "b3：人数未知" in capsys.readouterr().out
    rows = [(row["demand"], row["people"]) for row in table(files, "assignment")]
    assert dict(rows)["b1"] == "33"


def test_a_shelter_of_several_entrances(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """x has two doors, one of them in front of a: 50 walk nothing and pass 0.5 m; y keeps its own.
    A door that is closed, of no shelter or nowhere is named."""
    (tmp_path / "doors.csv").write_text(
        "shelter,lon,lat,width,state\nx,113.0,28,0.5,\nx,113.004,28,3,\n"
        "x,113.002,28,3,停用\nnope,113,28,1,\nx,,,1,\n"
    )
    assert run(files, "--limit", "700", "--entrances", str(tmp_path / "doors.csv")) == 0
    said, rows = capsys.readouterr().out, table(files, "assignment")
    for fault in ("第 3 行：停用", "第 4 行：没有工程“nope”", "第 5 行：位置未知"):
        assert fault in said
    at_x = {row["demand"]: row for row in rows if row["shelter"] == "x"}
    assert float(at_x["a"]["metres"]) < 1 and float(at_x["b"]["metres"]) < 1
    assert float(at_x["a"]["inside_min"]) == pytest.approx(
        (180 + int(at_x["a"]["people"]) / (1.3 * 0.5)) / 60, abs=0.1
    )
    assert summary(files)["reconciled"]


def test_lacking_places_are_told_two_ways(files: dict[str, str]) -> None:
    assert run(files, "--limit", "700", "--size", "25") == 0
    rows = table(files, "needs")
    wider = sum(int(row["people"]) for row in rows if row["kind"] == "扩容")
    assert wider == summary(files)["范围内工程已满"] == 30
    assert {row["at"] for row in rows if row["kind"] == "新建"} >= {"d"}


@pytest.mark.parametrize(
    "words",
    [("--together",), ("--convex", "300"), ("--minutes", "10", "--pace", "42"), ("--fair",)],
)
def test_other_wishes_still_reconcile(files: dict[str, str], words: tuple[str, ...]) -> None:
    assert run(files, *words) == 0
    told = summary(files)
    assert told["proved"] and told["reconciled"]
    assert told["worst_m"] <= (420 if "--minutes" in words else 1000)


def test_a_loss_is_answered_twice_and_names_who_moves(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "closed.csv").write_text("from,to\n4,5\n7,1\nx\n")
    assert run(files, "--limit", "700", "--lost", "y", "nope", "--closed",
               str(tmp_path / "closed.csv")) == 0  # fmt: skip
    told, said = summary(files), capsys.readouterr().out
    assert told["loss"]["displaced"] == 40 == told["loss"]["repair_moved"]
    assert told["loss"]["stable_left"] == 171 - 90 and told["loss"]["proved"]
    for fault in ("nope：没有这个工程", "7-1：没有这段路", "第 4 行：不是两个节点编号"):
        assert fault in said
    steps = table(files, "moves")
    assert sum(int(row["people"]) for row in steps if row["stage"] == "立即") == 40
    assert {row["from"] for row in steps} == {"y"} and {row["to"] for row in steps} == {"（无位）"}
    after = json.loads((Path(files["out"]) / "after" / "summary.json").read_text())
    assert after["reconciled"] and after["covered"] == 90 and after["道路不通"] == 41


def test_those_who_leave_need_no_shelter(files: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("id,lon,lat,capacity\np,113.002,28,30\n")
    (tmp_path / "areas.csv").write_text("id,lon,lat,capacity\n山,113.3,28.3,50\n")
    words = ["--assembly", str(tmp_path / "points.csv"), "--areas", str(tmp_path / "areas.csv")]
    assert run(files, "--leave", "早期=0.1,紧急=0.2", *words, "--vehicles", "1") == 0
    told, rows = summary(files), table(files, "evacuation")
    gone = sum(int(row["people"]) for row in rows)
    assert gone + told["people"] == 171 and gone == sum(w["people"] for w in told["evacuation"])
    ridden = sum(int(row["people"]) for row in table(files, "rides"))
    assert ridden == sum(wave["leave"] for wave in told["evacuation"]) <= 50
    for text, number in (("早期=2", 2), ("明天=0.1", 2), ("早期", 2)):
        assert run(files, "--leave", text, *words) == number
    assert run(files, "--leave", "早期=0.1") == 2


@pytest.mark.parametrize(
    "words",
    [("--limit", "-5"), ("--limit", "nan"), ("--minutes", "-3"), ("--penalty", "1e30"),
     ("--vehicles", "0"), ("--place", "-1")],
)  # fmt: skip
def test_a_number_nobody_meant_is_refused(
    files: dict[str, str], words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files, *words) == 2
    assert capsys.readouterr().err.startswith(f"400.319 {words[0]} 不能是")


def test_an_office_names_its_own_ages(files: dict[str, str]) -> None:
    slow, mixed = "老人=1=42", "成人=0.5=80,老人=0.5=42"
    last = []
    for ages in (slow, mixed):
        assert run(files, "--ages", ages) == 0
        assert summary(files)["reconciled"]
        last.append(summary(files)["last_inside_min"])
    assert last[0] >= last[1] > 3
    for bad in ("老人=0.9=42", "老人=1", "老人=1=0", "x"):
        assert run(files, "--ages", bad) == 2


@pytest.mark.parametrize("limit", ["0.001", "700"])
def test_all_shelters_lost_is_a_result(files: dict[str, str], limit: str) -> None:
    assert run(files, "--limit", limit, "--together", "--lost", "x,y") == 0
    assert summary(files)["loss"]["stable_left"] == 171 and summary(files)["loss"]["proved"]


def test_the_siting_engine_places_shelters_where_people_are(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One among the many, one on the island that no street leads to; none above the size."""
    del files["shelters"]
    assert run(files, "--place", "2", "--siting", "1", "--size", "60") == 0
    assert "选址引擎" in capsys.readouterr().out
    placed = table(files, "shelters")
    assert [row["places"] for row in placed] == ["60", "60"]
    assert summary(files)["reconciled"] and summary(files)["covered"] == 60 + 7
