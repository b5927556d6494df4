"""A campaign: made, drawn, dealt, begun, visited, closed."""

from datetime import date
from typing import Any

import pytest

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.bundle import field_bundle
from hudun.affairs.inspections.drawing import draw
from hudun.affairs.inspections.models import Campaign, CampaignTask, CampaignTeam
from hudun.affairs.inspections.testing import make_package
from hudun.core.error import Problem
from hudun.core.journal.canonical import canonical
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Role
from hudun.core.plate import Plate
from hudun.core.testing import Cast, make_person

from .conftest import MakePlate

pytestmark = pytest.mark.django_db

DAYS: dict[str, Any] = {"opens_on": date(2026, 10, 1), "closes_on": date(2026, 10, 31)}


@pytest.fixture
def plates(make_plate: MakePlate, cast: Cast) -> list[Plate]:
    here = [make_plate(n) for n in range(1, 7)]
    there = [make_plate(n, organ=cast.stage.chengnanlu) for n in range(7, 11)]
    make_plate(1, organ=cast.stage.laojie, by="qian")
    return here + there


@pytest.fixture
def campaign(cast: Cast, plates: list[Plate]) -> Campaign:
    return actions.make_campaign(
        cast.actor("zhang"), cast.stage.tianxin, name="十月巡查", kind="patrol",
        template_slug="siren-patrol", share=50, **DAYS,
    )  # fmt: skip


@pytest.fixture
def begun(cast: Cast, campaign: Campaign) -> Campaign:
    actions.set_team(cast.actor("zhang"), campaign, "第一组", [cast.zhao])
    actions.draw_campaign(cast.actor("zhang"), campaign)
    return actions.start_campaign(cast.actor("li"), campaign)


def test_a_draw_can_be_repeated_from_what_is_kept(
    cast: Cast, campaign: Campaign, plates: list[Plate]
) -> None:
    campaign = actions.draw_campaign(cast.actor("zhang"), campaign, seed="公开抽取的号码")
    drawn = [task.plate.code for task in campaign.tasks.all()]
    assert drawn == draw(campaign.pool, campaign.share, campaign.seed)
    assert campaign.pool == sorted(plate.code for plate in plates), "not the other district's"
    assert len(drawn) == 5
    line = JournalLine.objects.get(verb="inspections.draw_campaign")
    assert line.content["note"]["seed"] == "公开抽取的号码"
    with pytest.raises(Problem, match=r"422\.1 "):
        actions.draw_campaign(cast.actor("zhang"), campaign)
    again = actions.draw_campaign(cast.actor("zhang").because("名单有误"), campaign)
    assert again.seed != campaign.seed
    with pytest.raises(Problem, match=r"409\.103"):
        actions.edit_campaign(cast.actor("zhang"), again, share=100)


def test_teams_have_people_who_may_check_and_a_fair_share(cast: Cast, campaign: Campaign) -> None:
    zhang = cast.actor("zhang")
    second = make_person("sun", "孙巡查", cast.stage.chengnanlu, Role.INSPECTOR)
    for stranger in (cast.wang, cast.qian):
        with pytest.raises(Problem, match=r"422\.109"):
            actions.set_team(zhang, campaign, "第一组", [stranger])
    actions.edit_campaign(zhang, campaign, share=100)
    actions.draw_campaign(zhang, campaign)
    actions.set_team(zhang, campaign, "第一组", [cast.zhao])
    actions.set_team(zhang, campaign, "第二组", [second])
    sizes = [team.tasks.count() for team in CampaignTeam.objects.all()]
    assert (sum(sizes), max(sizes) - min(sizes)) == (10, 0)
    actions.set_team(zhang, campaign, "第二组", [])
    assert [team.tasks.count() for team in CampaignTeam.objects.all()] == [10]


def test_it_is_begun_by_a_chief_and_only_once_drawn(cast: Cast, campaign: Campaign) -> None:
    with pytest.raises(Problem, match=r"422\.110"):
        actions.start_campaign(cast.actor("li"), campaign)
    actions.draw_campaign(cast.actor("zhang"), campaign)
    with pytest.raises(Problem, match=r"403\.1"):
        actions.start_campaign(cast.actor("zhang"), campaign)
    with pytest.raises(Problem, match=r"404\.1"):
        actions.start_campaign(cast.actor("qian"), campaign)
    begun = actions.start_campaign(cast.actor("li"), campaign)
    assert begun.template is not None
    with pytest.raises(Problem, match=r"409\.1 "):
        actions.edit_campaign(cast.actor("zhang"), begun, name="改名")


def test_progress_and_close(cast: Cast, begun: Campaign) -> None:
    first = CampaignTask.objects.first()
    assert first is not None
    package = make_package(first.plate, "siren-patrol", campaign=str(begun.pk))
    visit = actions.receive_visit(cast.actor("li"), first.plate, package)
    assert [task.pk for task in begun.tasks.visited()] == [first.pk]
    assert [task.done for task in begun.tasks.with_progress()].count(True) == 1
    with pytest.raises(Problem, match=r"422\.111"):
        actions.close_campaign(cast.actor("li"), begun)
    closed = actions.close_campaign(cast.actor("li").because("台风"), begun)
    assert closed.state == "closed"
    late = make_package(first.plate, "siren-patrol", campaign=str(begun.pk))
    assert actions.receive_visit(cast.actor("li"), first.plate, late).campaign == begun
    actions.void_visit(cast.actor("li").because("走错"), visit)
    assert begun.tasks.visited().count() == 1, "the late one counts"


@pytest.mark.parametrize(
    ("change", "number"),
    [({"closes_on": date(2026, 9, 1)}, "422.112"), ({"template_slug": "none"}, "422.113")],
)
def test_slips(cast: Cast, change: dict[str, Any], number: str) -> None:
    given = {"name": "查", "kind": "patrol", "template_slug": "siren-patrol", **DAYS, **change}
    with pytest.raises(Problem) as problem:
        actions.make_campaign(cast.actor("zhang"), cast.stage.tianxin, **given)
    assert problem.value.number == number


def test_the_phone_holds_what_its_person_has_to_visit(cast: Cast, begun: Campaign) -> None:
    bundle = field_bundle(cast.zhao)
    canonical(bundle)
    mine = {
        task.plate.code
        for task in begun.tasks.all()
        if cast.stage.pozijie.contains(task.plate.organ)
    }
    assert set(bundle["plates"]) == mine, "a roster does not widen what one may see"
    [shown] = bundle["campaigns"]
    assert (shown["id"], shown["version"]) == (str(begun.pk), 1)
    assert {"slug", "version", "sections"} <= bundle["templates"][0].keys()
    one = next(iter(bundle["plates"].values()))
    assert one.keys() >= {"code", "title", "register", "systems", "last", "hazards"}
    for other in (cast.wang, cast.qian):
        assert field_bundle(other)["plates"] == {}
    actions.close_campaign(cast.actor("li").because("结束"), begun)
    assert field_bundle(cast.zhao)["campaigns"] == []


def test_the_last_answers_go_along(cast: Cast, begun: Campaign) -> None:
    task = next(t for t in begun.tasks.all() if cast.stage.pozijie.contains(t.plate.organ))
    for item in ("mount_firm", "mains"):
        package = make_package(task.plate, "siren-patrol", fail=[item])
        actions.receive_visit(cast.actor("zhao"), task.plate, package)
    last = field_bundle(cast.zhao)["plates"][task.plate.code]["last"]
    assert (last["mount_firm"]["result"], last["mains"]["result"]) == ("pass", "fail")
    assert last["mains"]["value"] == 236


def test_a_bundle_asks_few_questions(
    cast: Cast, begun: Campaign, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(25):
        field_bundle(cast.zhao)
