"""The book of a plan: what is handed out agrees with the plan, to the person, and can be read."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader

from hudun.affairs.plans.book.balance import balance
from hudun.affairs.plans.book.directory import Directory, Hazard, Helper, ShelterWords
from hudun.affairs.plans.book.keep import keep, take_out
from hudun.affairs.plans.book.make import make_book
from hudun.affairs.plans.shelter_plan.lost import after_loss, loss_summary
from hudun.affairs.plans.shelter_plan.plan import Result

from .test_shelter_plan import run

DIRECTORY = Directory(
    {"x": ShelterWords("东街地下室", "东街 1 号", "周经理", "0731-1", ("主要出入口",))},
    {"东社区": [Helper("刘书记", "0731-2", "召集")]},
    [Hazard("加油站", "易燃", 113.001, 28.0002), Hazard("远处油库", "易燃", 113.05, 28.02)],
)


def sheet(folder: Path, k: int) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / "sheets" / f"{k}.json").read_text())
    return said


def test_the_book_is_level_and_agrees_with_the_plan(result: Result, tmp_path: Path) -> None:
    book = make_book(result, tmp_path / "book", DIRECTORY)
    assert book["level"] and json.loads((tmp_path / "book" / "book.json").read_text()) == book
    assert (book["totals"]["people"], book["totals"]["covered"]) == (171, 130)
    names = [row["name"] for row in book["communities"]]
    assert names == sorted(names) and set(names) == {"东社区", "西社区"}
    assert {row["shelter"] for row in book["pairs"]} <= {"x", "y"}


@pytest.mark.parametrize(
    ("table", "name"),
    [("communities", "people"), ("communities", "covered"), ("shelters", "people"),
     ("pairs", "people"), ("gaps", "people")],
)  # fmt: skip
def test_one_person_astray_is_found(table: str, name: str, result: Result, tmp_path: Path) -> None:
    book = make_book(result, tmp_path / "book", DIRECTORY)
    book[table][0][name] += 1
    parts = [book[key] for key in ("communities", "shelters", "pairs", "gaps")]
    found = balance(book["totals"], *parts)
    assert found.word == "不平"
    assert all(check.parts - check.total == 1 for check in found.off)


def test_more_people_than_places_is_found(result: Result, tmp_path: Path) -> None:
    book = make_book(result, tmp_path / "book", DIRECTORY)
    book["shelters"][0]["people"] = book["shelters"][0]["places"] + 7
    book["shelters"][1]["people"] = 130 - book["shelters"][0]["people"]
    parts = [book[key] for key in ("communities", "shelters", "pairs", "gaps")]
    off = balance(book["totals"], *parts).off
    assert [(check.says, check.parts) for check in off] == [("超出容量的人数 = 0", 7)]


def test_a_sheet_says_who_goes_where_and_what_is_near(result: Result, tmp_path: Path) -> None:
    make_book(result, tmp_path / "book", DIRECTORY)
    east = sheet(tmp_path / "book", 0)
    assert east["name"] == "东社区" and east["helpers"][0]["name"] == "刘书记"
    assert [one["name"] for one in east["hazards"]] == ["加油站"], "the far one is not on any way"
    first = next(row for row in east["rows"] if row["id"] == "a")
    to = first["to"][0]
    assert (to["mark"], to["metres"], to["adult_min"], to["elder_min"]) == ("A", 200.0, 3, 5)
    assert east["shelters"][0]["title"] == "东街地下室"
    assert sum(row["people"] for row in east["rows"]) == east["people"]
    assert (tmp_path / "book" / "sheets" / "0.svg").read_bytes().startswith(b"<svg")


def test_a_shelter_knows_who_comes_and_when_it_is_full(result: Result, tmp_path: Path) -> None:
    make_book(result, tmp_path / "book", DIRECTORY)
    listed = json.loads((tmp_path / "book" / "lists" / "0.json").read_text())
    assert sum(row["people"] for row in listed["rows"]) == listed["people"] == 90
    assert listed["inside"][-1] == 90 and listed["inside"][-2] < 90
    assert all(a >= b for a, b in zip(listed["arrived"], listed["inside"], strict=True))
    assert listed["doors"][0]["name"] == "主要出入口"


def test_frames_hold_everybody_at_every_moment(result: Result, tmp_path: Path) -> None:
    make_book(result, tmp_path / "book", DIRECTORY)
    told = json.loads((tmp_path / "book" / "frames.json").read_text())
    for k, frame in enumerate(told["frames"]):
        assert sum(frame["people"]) == 130
        outside = sum(n for _, _, n in frame["cells"])
        assert outside == 130 - frame["people"][told["phases"].index("inside")]
        if k < len(told["filled"][0]):
            assert sum(row[k] for row in told["filled"]) == frame["people"][-1]


def test_layers_carry_everybody(result: Result, tmp_path: Path) -> None:
    make_book(result, tmp_path / "book", DIRECTORY)
    features = {
        name: json.loads((tmp_path / "book" / f"{name}.geojson").read_text())["features"]
        for name in ("pairs", "gaps", "shelters", "flow", "minutes")
    }
    for name, total in (("pairs", 130), ("gaps", 41), ("shelters", 130)):
        assert sum(one["properties"]["people"] for one in features[name]) == total
    assert features["flow"] and features["minutes"]


def test_a_plan_taken_out_again_is_the_same(result: Result, tmp_path: Path) -> None:
    keep(result, tmp_path)
    again = take_out(tmp_path)
    assert np.array_equal(again.plan.flow, result.plan.flow)
    assert np.array_equal(again.times.inside, result.times.inside)
    assert again.terms == result.terms and again.proved
    lost, shut = np.array([True, False]), np.zeros(len(result.ground.streets.a), bool)
    both = [loss_summary(one, after_loss(one, lost, shut, 1_000)) for one in (result, again)]
    assert both[0] == both[1]


def test_a_fair_plan_has_no_prices_to_keep(result: Result, tmp_path: Path) -> None:
    keep(replace(result, plan=replace(result.plan, proof=None)), tmp_path)
    assert take_out(tmp_path).plan.covered == result.plan.covered


@pytest.mark.papers
def test_the_command_writes_papers_that_can_be_read(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    helpers = tmp_path / "helpers.csv"
    helpers.write_text("community,name,phone,duty\n东社区,刘书记,0731-2,召集\n", encoding="utf-8")
    book = tmp_path / "book"
    words = ("--limit", "700", "--book", str(book), "--office", "天心区人民防空办公室")
    assert run(files, *words, "--helpers", str(helpers), "--note", "工程为拟设") == 0
    assert "册子 6 份" in capsys.readouterr().out
    east = _text(next((book / "社区册页").glob("*东社区.pdf")))
    for said in ("东社区", "内部", "刘书记", "工程为拟设", "130", "天心区人民防空办公室"):
        assert said in east
    assert "听到空袭警报" in _text(next((book / "告知卡").glob("*东社区.pdf")))
    assert "接收名单" in _text(next((book / "工程名单").glob("*x.pdf")))
    west = _text(next((book / "社区册页").glob("*西社区.pdf")))
    assert "道路不通" in west and "另行落实" in west


@pytest.mark.papers
def test_without_positions_a_sheet_says_that_it_has_no_map(
    files: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("id,node,people,community\na,1,50,甲\nb,3,20,甲\n")
    (tmp_path / "shelters.csv").write_text("id,node,capacity\nx,2,100\n")
    del files["nodes"]
    assert run(files, "--book", str(tmp_path / "book")) == 0
    text = _text(next((tmp_path / "book" / "社区册页").glob("*.pdf")))
    assert "本页没有路线图" in text and "70" in text


def _text(path: Path) -> str:
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
