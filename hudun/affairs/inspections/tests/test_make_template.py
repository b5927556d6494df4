"""An office makes a new version of a template; the old one stays."""

import json

import pytest

from hudun.affairs.inspections.actions import make_template
from hudun.affairs.inspections.actions.templates import adopt
from hudun.affairs.inspections.models import CheckTemplate
from hudun.affairs.inspections.standing import find_text, standing_templates
from hudun.core import clock
from hudun.core.action import Act
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ
from hudun.core.testing import Cast

from .conftest import Login

pytestmark = pytest.mark.django_db

PATROL = "shelter-patrol"


def act_in(cast: Cast, organ: Organ) -> Act:
    return Act(cast.actor("li"), clock.now(), "test", "试", organ)


def test_the_seeds_stand_until_an_office_makes_its_own(cast: Cast) -> None:
    street = cast.stage.pozijie
    seed = standing_templates(street)[PATROL]
    assert (seed.template.version, bool(seed.rule_version)) == (1, True)
    content = {**seed.content, "title": "巡查表（新）"}
    made = make_template(cast.actor("li").because("本区细则"), cast.stage.tianxin, content)
    assert (made.version, made.organ) == (2, cast.stage.tianxin)
    assert standing_templates(street)[PATROL].template.title == "巡查表（新）"
    assert find_text(street, PATROL, 1) is not None, "the old version can still be judged by"
    assert standing_templates(cast.stage.yuanhui)[PATROL].template.version == 1
    assert JournalLine.objects.get(verb="inspections.make_template").person == cast.li


def test_a_used_version_stays_as_it_was_used(cast: Cast) -> None:
    act = act_in(cast, cast.stage.tianxin)
    row = adopt(act, cast.stage.pozijie, PATROL, 1)
    assert row is not None
    assert adopt(act, cast.stage.chengnanlu, PATROL, 1) == row
    CheckTemplate.objects.filter(pk=row.pk).update(content={**row.content, "title": "当时的"})
    assert standing_templates(cast.stage.tianxin)[PATROL].template.title == "当时的"
    assert adopt(act, cast.stage.pozijie, PATROL, 99) is None


@pytest.mark.parametrize(("who", "number"), [("zhang", "403.1"), ("qian", "404.1")])
def test_who_may_not(cast: Cast, who: str, number: str) -> None:
    content = standing_templates(cast.stage.tianxin)[PATROL].content
    with pytest.raises(Problem) as problem:
        make_template(cast.actor(who).because("改"), cast.stage.tianxin, content)
    assert problem.value.number == number
    assert not CheckTemplate.objects.exists()


def test_a_slip_is_named_and_nothing_is_stored(cast: Cast) -> None:
    content = {**standing_templates(cast.stage.tianxin)[PATROL].content, "sections": []}
    with pytest.raises(Problem) as problem:
        make_template(cast.actor("li").because("改"), cast.stage.tianxin, content)
    assert (problem.value.number, list(problem.value.fields)) == ("422.100", ["sections"])
    with pytest.raises(Problem, match=r"422\.1 "):
        make_template(cast.actor("li"), cast.stage.tianxin, content)


def test_pages(cast: Cast, login: Login) -> None:
    url, chief = f"/inspections/templates/{PATROL}/", login("li")
    assert "人防工程巡查表" in chief.get("/inspections/templates/").content.decode()
    assert "样例分值" in login("zhao").get(url).content.decode()
    assert "制定新版本" not in login("zhang").get(url).content.decode()
    content = standing_templates(cast.stage.tianxin)[PATROL].content
    typed = json.dumps({**content, "title": "本区巡查表"})
    for wrong in ("{", "[]", json.dumps({**content, "slug": "other"})):
        assert chief.post(url, {"content": wrong, "reason": "改"}).status_code == 422
    assert login("zhang").post(url, {"content": typed, "reason": "改"}).status_code == 403
    assert chief.post(url, {"content": typed, "reason": "本区细则"}).status_code == 302
    assert "本区巡查表 第 2 版" in login("zhao").get(url).content.decode()
    assert "本区巡查表" not in login("qian").get(url).content.decode()
    assert chief.get("/inspections/templates/none/").status_code == 404
