"""`hudun check acoustics`: the published cases of ISO/TR 17534-3 that we may show."""

import json
from pathlib import Path
from typing import Any

import pytest

from hudun.affairs.coverage.check_acoustics import main

CASES = Path(__file__).parent / "data" / "iso9613.json"


def given() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))
    return data


def run(tmp_path: Path, data: object, *words: str) -> int:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return main([str(path), *words])


def test_every_published_value_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CASES), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [case["id"] for case in said["cases"]][:5] == ["T01", "T02", "T04", "T08", "S1"]
    compared = [v for case in said["cases"] for v in case["values"] if v["expected"] is not None]
    assert len(compared) > 100
    assert all(value["agrees"] for value in compared)


def test_a_case_without_answer_shows_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CASES)]) == 0
    assert "S1" in capsys.readouterr().out


def test_a_wrong_value_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = given()
    data["cases"][0]["expect"]["Lp"][3] += 0.1
    assert run(tmp_path, data) == 1
    assert "超出" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "value"),
    [("method", "7.4"), ("edition", 2003), ("Lw", [90]), ("ground", [{"x": [5, 1], "G": 0}])],
)
def test_a_bad_case_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, value: object
) -> None:
    data = given()
    data["cases"][1][key] = value
    assert run(tmp_path, data) == 2
    assert "T02" in capsys.readouterr().err


def test_a_missing_key_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = given()
    del data["cases"][0]["air"]
    assert run(tmp_path, data) == 2
    assert "air" in capsys.readouterr().err


def test_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.json"]) == 2
    assert "nowhere.json" in capsys.readouterr().err


def beside_a_wall(**wall: object) -> dict[str, Any]:
    """An endless wall five metres behind the source; the image is twice five metres further."""
    case: dict[str, Any] = given()["cases"][0]
    case.update(source=[0, 5, 1], receiver=[0, 55, 1], ground=[], reflections=True, expect={})
    case["barriers"] = [{"points": [[-900, 0, 90], [900, 0, 90]], **wall}]
    return case


def levels_of(capsys: pytest.CaptureFixture[str]) -> list[float]:
    said = json.loads(capsys.readouterr().out)
    return [value["value"] for value in said["cases"][0]["values"][:8]]


def test_a_wall_reflects_by_its_coefficient(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, beside_a_wall() | {"reflections": False}, "--json")
    direct = levels_of(capsys)
    run(tmp_path, beside_a_wall(), "--json")
    hard = levels_of(capsys)
    run(tmp_path, beside_a_wall(alpha=0.5), "--json")
    half = levels_of(capsys)
    for without, full, less in zip(direct, hard, half, strict=True):
        assert 10 ** (0.1 * full) - 10 ** (0.1 * without) == pytest.approx(
            2 * (10 ** (0.1 * less) - 10 ** (0.1 * without)), rel=0.05
        )
    assert 1.5 < hard[0] - direct[0] < 2.7
    run(tmp_path, beside_a_wall(rho=0.2), "--json")
    assert levels_of(capsys) == direct


@pytest.mark.parametrize(
    ("wall", "word"),
    [({"rho": 1.0, "alpha": 0.0}, "rho"), ({"rho": [1, 1]}, "eight"), ({"rho": 1.4}, "0…1")],
)
def test_a_bad_reflection_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wall: dict[str, object], word: str
) -> None:
    assert run(tmp_path, beside_a_wall(**wall)) == 2
    assert word in capsys.readouterr().err


def test_reflections_over_terrain_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = beside_a_wall() | {"terrain": [[0, 0], [50, 4]]}
    assert run(tmp_path, case) == 2
    assert "terrain" in capsys.readouterr().err


BOX = [[90, 20], [110, 20], [110, 40], [90, 40]]
BOW = [[90, 20], [110, 40], [110, 20], [90, 40]]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"buildings": [{"ring": BOW, "height": 9}]}, "第 1 栋建筑物的轮廓自相交"),
        ({"buildings": [{"ring": BOX, "height": 9}], "source": [100, 30, 5]}, "声源在第 1 栋"),
        ({"buildings": [{"ring": BOX, "height": 9}], "receiver": [100, 30, 5]}, "接收点在第 1 栋"),
        ({"buildings": [{"ring": BOX, "height": 0}]}, "高度 0 m 不大于 0"),
        ({"buildings": [{"ring": BOX, "holes": [BOW], "height": 9}]}, "自相交"),
        (
            {"buildings": [{"ring": BOX, "holes": [[[0, 0], [5, 0], [5, 5]]], "height": 9}]},
            "内院伸出",
        ),
        ({"terrain": [[0, 0], [90, float("nan")], [190, 0]]}, "terrain 里有不是数字的值"),
        ({"Lw": [float("inf")] * 8}, "Lw 里有不是数字的值"),
        ({"source": [113.001, 28.0, 15], "receiver": [113.004, 28.0, 2]}, "不能用经纬度"),
        ({"source": [0, 0, -1]}, "声源低于地面"),
    ],
)
def test_what_no_case_may_hold_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, object], word: str
) -> None:
    case: dict[str, Any] = given()["cases"][0]
    assert run(tmp_path, case | change) == 2
    said = capsys.readouterr().err
    assert word in said
    assert "T01" in said


def test_a_listener_in_a_courtyard_is_outdoors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    court = [[[95, 25], [105, 25], [105, 35], [95, 35]]]
    case = given()["cases"][0] | {"receiver": [100, 30, 1.5], "expect": {}}
    for holes in (court, []):
        case["buildings"] = [{"ring": BOX, "holes": holes, "height": 9}]
        assert run(tmp_path, case) == (0 if holes else 2)
