"""`hudun check assignment`: the answer, its proof, and what it says of a bad file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hudun.affairs.plans import checks

GOOD = """
# two buildings, two shelters
demand, a, 5
demand, b, 7
shelter, x, 6
shelter, y, 3
arc, a, x, 10.5
arc, b, x, 20
arc, b, y, 300.25
"""
AS_JSON: dict[str, Any] = {
    "demands": [{"id": "a", "people": 5}, {"id": "b", "people": 7}],
    "shelters": [["x", 6], ["y", 3]],
    "arcs": [
        ["a", "x", 10.5],
        {"demand": "b", "shelter": "x", "cost": 20},
        {"demand": "b", "shelter": "y", "cost": 300.25},
    ],
}


def ask(path: Path, text: str, *words: str) -> int:
    path.write_text(text, encoding="utf-8")
    return checks.main([str(path), *words])


@pytest.mark.parametrize("text", [GOOD, json.dumps(AS_JSON), "\ufeff" + GOOD])
def test_both_forms_give_the_same_plan(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(tmp_path / "instance", text, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["covered"], said["left"], said["cost"], said["worst"]) == (9, 3, 973.25, 300.25)
    assert said["holds"] and said["proof"]["cover_bound"] == 9
    assert said["left_over"] == [{"demand": "b", "people": 3, "reason": "可到达的工程已满"}]


def test_the_proof_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(tmp_path / "instance", GOOD, "--fair") == 0
    said = capsys.readouterr().out
    assert "人数 12，有位 9，无位 3" in said
    assert "总距离 973.25，最远 300.25" in said
    assert said.count("：成立") == 4 and "只走比 300.25 短的路，至多安置 6 人" in said


def test_nobody_in_reach_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(tmp_path / "instance", "demand,甲,4\nshelter,x,9\n") == 0
    assert "无位：甲 4 人，没有可到达的工程" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("", "400.302", "任何内容"),
        ("# nothing\n", "400.302", "需求点"),
        ("demand,a,1\n", "400.302", "工程"),
        ("demand,a,1\ndemand,a,2\nshelter,x,1\n", "400.303", "第 2 行：编号“a”重复"),
        ("demand,a,-1\nshelter,x,1\n", "400.304", "人数“-1”"),
        ("demand,a,1.5\nshelter,x,1\n", "400.304", "人数“1.5”"),
        ("demand,a,1\nshelter,x,many\n", "400.304", "容量“many”"),
        ("demand,a,1\nshelter,x,1\narc,a,x,-3\n", "400.304", "距离“-3”"),
        ("demand,a,1\nshelter,x,1\narc,a,x,nan\n", "400.304", "距离“nan”"),
        ("demand,a,1\nshelter,x,1\narc,a,z,3\n", "400.305", "没有编号为“z”的工程"),
        ("demand,a,1\nshelter,x,1\narc,q,x,3\n", "400.305", "没有编号为“q”的需求点"),
        ("demand,a,1\nshelter,x,1\narc,a,x,3\narc,a,x,4\n", "400.306", "写了两次"),
        ("demand,a\nshelter,x,1\n", "400.301", "第 1 行：应有 2 个值"),
        ("house,a,1\n", "400.301", "“house”不是"),
        ("demand,a,1000000000000\nshelter,x,1\narc,a,x,999999999999\n", "400.307", "太大"),
        ('{"demands": [', "400.301", "JSON"),
        ('{"demands": [], "shelters": []}', "400.301", "arcs"),
        ('{"demands": [], "shelters": [], "arcs": []}', "400.302", "需求点"),
        ('{"demands": [["a", true]], "shelters": [["x", 1]], "arcs": []}', "400.304", "人数"),
    ],
)
def test_a_bad_file_is_named_by_number(
    text: str, number: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(tmp_path / "instance", text) == 2
    said = capsys.readouterr().err
    assert said.startswith(number) and words in said and "文件没有改动" in said


def test_every_fault_is_told_in_the_order_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "demand,a,-1\nshelter,x,1\nfoo\narc,a,z,3\n"
    assert ask(tmp_path / "instance", text, "--json") == 2
    problem = json.loads(capsys.readouterr().out)["problem"]
    assert problem["number"] == "400.304"
    assert [line[:7] for line in problem["fields"].values()] == ["400.301", "400.305"]


def test_more_decimals_than_fit_are_rounded_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "demand,a,900000\nshelter,x,900000\narc,a,x,1234.567890123456789\n"
    assert ask(tmp_path / "instance", text) == 0
    assert "距离取到小数点后" in capsys.readouterr().out


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert checks.main(["/no/such/file"]) == 2
    assert "400.300" in capsys.readouterr().err
