"""Scores: what holds for every template and every set of answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from hudun.affairs.inspections.checklist import (
    Answer,
    Item,
    Malformed,
    Result,
    Section,
    Template,
    read_template,
    score,
)
from hudun.affairs.inspections.checklist.scoring import tenths_of

SYSTEMS = ("通风空调", "电气")


@st.composite
def templates(draw: st.DrawFn) -> Template:
    items = [
        Item(
            key=f"i{n}",
            text="项",
            answer="pass",
            score=draw(st.integers(0, 20)),
            veto=draw(st.booleans()),
            system=draw(st.sampled_from(("", *SYSTEMS))),
        )
        for n in range(draw(st.integers(1, 12)))
    ]
    cut = draw(st.integers(0, len(items)))
    parts = (Section("甲", tuple(items[:cut])), Section("乙", tuple(items[cut:])))
    return Template("t", 1, "表", ("shelters",), parts)


RESULTS: tuple[Result | None, ...] = ("pass", "fail", "na", None)
results = st.sampled_from(RESULTS)
systems = st.sets(st.sampled_from(SYSTEMS))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Template, dict[str, Answer], set[str]]:
    template = draw(templates())
    answers = {item.key: Answer(draw(results)) for item in template}
    return template, answers, draw(systems)


@given(answered())
def test_points_by_hand(case: tuple[Template, dict[str, Answer], set[str]]) -> None:
    template, answers, has = case
    asked = [item for item in template if item.system == "" or item.system in has]
    points = sum(i.score for i in asked if answers[i.key].result == "pass")
    out_of = sum(i.score for i in asked if answers[i.key].result != "na")
    got = score(template, answers, has)
    assert (got.points, got.out_of) == (points, out_of)
    assert {i.key for i in got.vetoed} == {
        i.key for i in asked if i.veto and answers[i.key].result == "fail"
    }
    assert sum(s.points for s in got.sections) == got.points <= got.out_of


@given(answered(), st.data())
def test_mending_one_item_never_lowers_the_score(
    case: tuple[Template, dict[str, Answer], set[str]], data: st.DataObject
) -> None:
    template, answers, has = case
    key = data.draw(st.sampled_from(sorted(answers)))
    if answers[key].result == "na":
        return
    better = score(template, {**answers, key: Answer("pass")}, has)
    before = score(template, answers, has)
    assert (better.tenths or 0) >= (before.tenths or 0)
    assert len(better.vetoed) <= len(before.vetoed)


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_hundred_only_if_nothing_is_missing(points: int, more: int) -> None:
    assert tenths_of(points, points + more) != 1000
    assert tenths_of(more, more) == 1000
    assert tenths_of(0, 0) is None


@pytest.mark.parametrize(("value", "result"), [(0.4, "fail"), (0.5, "pass"), (2.0, "pass")])
def test_a_number_is_judged_by_its_limits_not_by_the_tick(value: float, result: str) -> None:
    item = Item("ohm", "绝缘", "number", 3, low=0.5)
    template = Template("t", 1, "表", ("shelters",), (Section("测", (item,)),))
    got = score(template, {"ohm": Answer("pass", value)})
    assert got.judged[0].result == result


def test_what_was_not_looked_at_earns_nothing() -> None:
    items = (Item("a", "甲", "pass", 5), Item("b", "乙", "pass", 5))
    template = Template("t", 1, "表", ("shelters",), (Section("一", items),))
    got = score(template, {"a": Answer("pass")})
    assert (got.points, got.out_of, [i.key for i in got.unanswered]) == (5, 10, ["b"])
    excused = score(template, {"a": Answer("pass"), "b": Answer("na")})
    assert excused.tenths == 1000


def _seeds() -> list[dict[str, Any]]:
    path = Path(settings.RULES_DIR) / "check_templates.json"
    return [each for entry in json.loads(path.read_text("utf-8")) for each in entry["value"]]


@pytest.mark.parametrize("data", _seeds(), ids=lambda data: str(data["slug"]))
def test_every_template_we_ship_can_be_read(data: dict[str, Any]) -> None:
    template = read_template(data)
    assert template.sample, "no official scores are known: they are examples"
    assert any(item.hazard for item in template)
    full = {item.key: Answer("pass", (item.low or item.high), "无") for item in template}
    systems = {item.system for item in template}
    assert score(template, full, systems).tenths == 1000


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"slug": "大"}, "slug"),
        ({"version": 0}, "version"),
        ({"sections": []}, "sections"),
        ({"sections": [{"title": "甲", "items": [{"key": "a"}]}]}, "sections[0].items[0].text"),
        (
            {"sections": [{"title": "甲", "items": [
                {"key": "a", "text": "甲", "answer": "number", "limits": {"min": 2, "max": 1}}]}]},
            "sections[0].items[0].limits",
        ),
        (
            {"sections": [{"title": "甲", "items": [
                {"key": "a", "text": "甲", "answer": "pass"}] * 2}]},
            "sections",
        ),
    ],
)  # fmt: skip
def test_a_slip_is_named_by_its_place(change: dict[str, Any], where: str) -> None:
    good = _seeds()[0]
    with pytest.raises(Malformed) as slip:
        read_template({**good, **change})
    assert slip.value.where == where
