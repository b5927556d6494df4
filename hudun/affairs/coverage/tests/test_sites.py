"""选址 → 批准 → 安装 → 调试 → 建档, and the two ways in which it ends before."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hudun.affairs.coverage import actions
from hudun.affairs.coverage.flow import SiteFlow
from hudun.affairs.coverage.models import Site
from hudun.assets.sirens.actions import register_siren
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.deadline.models import Deadline
from hudun.core.error import Problem
from hudun.core.fact import ask
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import verify
from hudun.core.outbox.models import Event
from hudun.core.plate import Plate
from hudun.core.rule import rule
from hudun.core.rule.actions import override_rule
from hudun.core.testing import Cast

from .conftest import WHOLE

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 9, 21, 4, tzinfo=UTC)
TODAY = date(2026, 9, 21)


@pytest.fixture(autouse=True)
def september() -> Any:
    with clock.frozen(NOON):
        yield


def commissioned(cast: Cast, site: Site) -> Site:
    li = cast.actor("li")
    actions.approve(cast.actor("zhou"), site, approval_document="天防〔2026〕7号")
    actions.install(li, site, installed_on=date(2026, 9, 15), installer="样例电子")
    return actions.commission(
        li, site, commissioned_on=date(2026, 9, 18), spl30_db=116.5, commissioning="三种信号正常"
    )


def test_the_whole_way_ends_as_a_siren_in_service(cast: Cast, site: Site) -> None:
    done = actions.file(cast.actor("li"), commissioned(cast, site), siren_number=61)
    siren = Siren.objects.get()
    assert (done.state, done.siren) == ("filed", siren)
    assert siren.siting == done
    assert (siren.number, siren.state, siren.organ) == (61, "in_service", site.organ)
    assert (siren.name, siren.height_m, siren.power_w) == ("白沙井社区楼顶", 22.5, 1200)
    assert (siren.spl30_db, siren.condition) == (116.5, "三种信号正常"), "as measured"
    assert (siren.installed_on, siren.site_phone) == (date(2026, 9, 15), "0731-85550001")
    assert (siren.lon, siren.upkeep_keeper) == (site.lon, "孙维护")
    assert Plate.objects.of(siren).active().exists()
    assert Event.objects.filter(name="coverage.siren_filed").count() == 1
    verbs = JournalLine.objects.filter(verb__startswith="coverage.").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == [
        f"coverage.{verb}" for verb in ("propose_site", "approve", "install", "commission", "file")
    ]
    assert list(verify()) == []


def test_what_the_register_would_miss_is_named_all_at_once(cast: Cast) -> None:
    bare = {key: WHOLE[key] for key in ("number", "name", "kind", "grounds")}
    site = actions.propose_site(cast.actor("zhang"), cast.stage.baishajing, **bare)
    ready = commissioned(cast, site)
    with pytest.raises(Problem, match=r"409\.220") as refused:
        actions.file(cast.actor("li"), ready, siren_number=61)
    for label in ("型号", "功率（W）", "高度（m）", "经纬度", "设点单位电话", "维护管理人"):
        assert label in refused.value.what
    assert "声压级" not in refused.value.what, "measured at commissioning"
    site.refresh_from_db()
    assert (site.state, Siren.objects.count()) == ("commissioned", 0)


def test_a_number_that_is_taken_leaves_nothing_behind(cast: Cast, site: Site) -> None:
    ready = commissioned(cast, site)
    register_siren(cast.actor("li"), cast.stage.pozijie, number=61, name="甲", kind="motor")
    with pytest.raises(Problem, match=r"409\.30"):
        actions.file(cast.actor("li"), ready, siren_number=61)
    site.refresh_from_db()
    assert (site.state, Siren.objects.count()) == ("commissioned", 1)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("qian", "404.1"),
        ("zhang", "403.1"),
        ("li", "403.1"),
        ("wang", "403.1"),
        ("shenji", "403.1"),
    ],
)
def test_only_the_director_approves(cast: Cast, site: Site, name: str, number: str) -> None:
    with pytest.raises(Problem, match=number.replace(".", r"\.")):
        actions.approve(cast.actor(name), site, approval_document="1")


def test_no_step_is_left_out(cast: Cast, site: Site) -> None:
    with pytest.raises(Problem, match=r"409\.1"):
        actions.install(cast.actor("li"), site, installed_on=TODAY, installer="")
    with pytest.raises(Problem, match=r"409\.1"):
        actions.file(cast.actor("li"), site, siren_number=61)


def test_a_day_that_has_not_come_is_refused(cast: Cast, site: Site) -> None:
    actions.approve(cast.actor("zhou"), site, approval_document="1")
    with pytest.raises(Problem, match=r"422\.222"):
        actions.install(cast.actor("li"), site, installed_on=date(2026, 9, 22), installer="")
    actions.install(cast.actor("li"), site, installed_on=date(2026, 9, 15), installer="")
    with pytest.raises(Problem, match=r"422\.223"):
        actions.commission(
            cast.actor("li"), site, commissioned_on=date(2026, 9, 14), spl30_db=110.0,
            commissioning="",
        )  # fmt: skip


def test_it_ends_before_with_a_reason(cast: Cast, site: Site) -> None:
    with pytest.raises(Problem, match=r"422\.1 "):
        actions.refuse(cast.actor("zhou"), site)
    refused = actions.refuse(cast.actor("zhou").because("离幼儿园太近"), site)
    assert refused.state == "refused"
    assert not Deadline.objects.of(site).open().exists()
    assert JournalLine.objects.get(verb="coverage.refuse").content["reason"] == "离幼儿园太近"
    with pytest.raises(Problem, match=r"409\.1"):
        actions.void(cast.actor("li").because("重复"), refused)
    with pytest.raises(Problem, match=r"409\.221"):
        actions.edit_site(cast.actor("zhang"), refused, name="乙")


def test_each_step_has_the_limit_of_the_rule(cast: Cast, site: Site) -> None:
    assert site.due_on == date(2026, 10, 26), "20 working days, over two holidays"
    ready = commissioned(cast, site)
    assert ready.due_on == date(2026, 10, 19)
    assert Deadline.objects.of(site).open().count() == 1
    actions.file(cast.actor("li"), ready, siren_number=61)
    assert not Deadline.objects.of(site).open().exists()


def test_an_office_sets_its_own_limits(cast: Cast) -> None:
    value = {"working_days": {**rule("siting", "43", TODAY).value["working_days"], "proposed": 5}}
    override_rule(
        cast.actor("li").because("本级规定"), cast.stage.tianxin, topic="siting", value=value,
        since=TODAY, clause="本级规定",
    )  # fmt: skip
    site = actions.propose_site(cast.actor("zhang"), cast.stage.baishajing, **WHOLE)
    assert site.due_on == date(2026, 9, 29)


def test_a_number_twice_is_refused_and_a_stranger_finds_nothing(cast: Cast, site: Site) -> None:
    with pytest.raises(Problem, match=r"409\.222"):
        actions.propose_site(cast.actor("zhang"), cast.stage.pozijie, **WHOLE)
    with pytest.raises(Problem, match=r"404\.1"):
        actions.edit_site(cast.actor("qian"), site, name="乙")
    with pytest.raises(Problem, match=r"422\.220"):
        actions.propose_site(Actor.system(), cast.stage.changsha, **WHOLE)


@pytest.mark.parametrize(
    "change", [{"cost_fen": 0}, {"height_m": -1.0}, {"site_phone": "没有"}, {"source_lat": None}]
)
def test_what_is_filled_in_wrongly_is_said(cast: Cast, site: Site, change: dict[str, Any]) -> None:
    with pytest.raises(Problem, match=r"422\.221"):
        actions.edit_site(cast.actor("zhang"), site, **change)


def test_reports_count_what_became_a_siren(cast: Cast, site: Site) -> None:
    tianxin, year = cast.stage.tianxin, {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    assert ask("coverage.sites_open", tianxin).number == 1
    assert ask("coverage.sites_filed", tianxin, **year).number == 0
    actions.file(cast.actor("li"), commissioned(cast, site), siren_number=61)
    assert ask("coverage.sites_open", tianxin).number == 0
    assert ask("coverage.sites_filed", tianxin, **year).number == 1
    assert ask("coverage.sites_filed", cast.stage.yuanhui, **year).number == 0


def test_the_page_of_the_docs_draws_this_flow() -> None:
    drawn = SiteFlow.mermaid()
    assert "proposed --> approved : 批准" in drawn
    assert "void --> [*]" in drawn
