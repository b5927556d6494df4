"""A calculation from the register and the city's layers: asked, refused, made, shown."""

from pathlib import Path
from typing import Any

import pytest

from hudun.affairs.coverage import actions
from hudun.affairs.coverage.asking import AMBIENT_DB, Settings
from hudun.affairs.coverage.cost import MOST_PAIRS, extent_of
from hudun.affairs.coverage.models import Survey
from hudun.assets.city.actions import withdraw_layer
from hudun.assets.city.testing import collection, feature, keep, ring, town
from hudun.assets.sirens.actions import mark_faulty
from hudun.assets.sirens.models import Siren
from hudun.core.error import Problem
from hudun.core.fact import ask as known
from hudun.core.journal.models import JournalLine
from hudun.core.planner import Run
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast
from hudun.engines.acoustics.audible import AMBIENT_DB as ENGINE_DB

from .conftest import PEOPLE, Ask, Login, stand

pytestmark = pytest.mark.django_db

FORM = {
    "name": "年度测算", "sirens": "in_service", "step": "25", "floor": "60", "margin": "5.0",
    "zone": "2", "night": "day", "ambient": "", "ground": "0.3", "edition": "1996",
    "losses": "10", "celsius": "15", "humidity": "70", "missing": "6", "height_m": "20",
    "level_db": "115", "people": "", "reach": "3000",
}  # fmt: skip


def test_the_figures_have_their_denominators_and_their_inputs(ask: Ask, login: Login) -> None:
    survey = ask()
    assert survey.run.state == "done", survey.run.problem
    figures = survey.run.result["figures"]
    assert (figures["people"], figures["hearing"]) == (1500, 1000)
    assert survey.run.result["outside"] == 70
    assert 0.0 < figures["area_share"] < 1.0
    assert survey.people_share == pytest.approx(1000 / 1500, abs=1e-5)
    page = login("wang").get(survey.url).content.decode()
    for words in (
        "1,000</span> / 1,500 人", "66.7%", "120号", "CPG 1-17", "精度只到 1 km", "凸包",
        "没有地形", "范围以外另有 70 人", survey.layers["buildings"]["digest"][:12],
        "听不到的片区", "乙社区", "按人口图层的街道、社区列", "频谱为假定",
    ):  # fmt: skip
        assert words in page, words


def test_it_can_be_taken_away(ask: Ask, login: Login) -> None:
    survey = ask()
    for name in ("contours.geojson", "levels.tif", "coverage.png", "overlay.png"):
        answer = login("zhang").get(f"/runs/{survey.run_id}/files/{name}")
        assert answer.status_code == 200, name
    assert login("qian").get(f"/runs/{survey.run_id}/files/levels.tif").status_code == 404


def test_the_page_asks_with_the_cost_said_first(ready: Cast, login: Login) -> None:
    page = login("zhang").get("/coverage/new/").content.decode()
    for words in ("要用多少", "约用时", "约用内存", "建筑物：", "没有地形图层：按平地计"):
        assert words in page
    costly = login("zhang").post("/coverage/new/", {**FORM, "step": "10", "cost": "1"})
    assert costly.status_code == 200
    assert not Survey.objects.exists()
    answer = login("zhang").post("/coverage/new/", FORM)
    survey = Survey.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, survey.url)
    assert JournalLine.objects.of(survey).get().verb == "coverage.ask_survey"
    assert "排队中" in login("zhang").get(survey.url).content.decode()
    assert "年度测算" in login("zhang").get(f"/coverage/new/?from={survey.pk}").content.decode()


def test_too_much_is_refused_with_what_to_do(ready: Cast, login: Login) -> None:
    li, tianxin = ready.actor("li"), ready.stage.tianxin
    far = feature(ring(40_000, 40_000, 50))
    keep(li, tianxin, collection(feature(ring(0, 0, 50)), far), "built_up", "区.geojson")
    answer = login("zhang").post("/coverage/new/", {**FORM, "step": "2"})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "413.200" in page
    assert "网格间距加大到" in page
    assert 'value="年度测算"' in page
    assert not Run.objects.exists()


def test_a_step_that_is_offered_is_allowed() -> None:
    extent = extent_of([(112.9, 27.9, 113.1, 28.2)], [], 3000)
    for sirens in (1, 60, 2000):
        cost = extent.cost(extent.step_for(sirens), sirens)
        assert cost.pairs <= MOST_PAIRS


def test_without_a_siren_there_is_nothing_to_reckon(cast: Cast, login: Login) -> None:
    answer = login("zhang").post("/coverage/new/", FORM)
    assert answer.status_code == 409
    assert "409.200" in answer.content.decode()
    assert "没有可以计算的警报器" in login("zhang").get("/coverage/new/").content.decode()


def test_who_may_ask_and_who_may_look(ask: Ask, login: Login) -> None:
    survey = ask()
    assert login("qian").get(survey.url).status_code == 404
    assert login("qian").get("/coverage/").status_code == 200
    assert "坡子街图" not in login("qian").get("/coverage/").content.decode()
    assert login("zhao").get("/coverage/new/").status_code == 403
    assert login("shenji").post("/coverage/new/", FORM).status_code == 403
    assert login("zhang").post(survey.url).status_code == 405
    assert login("zhang").get(f"{survey.url}void/").status_code == 405


def test_faulty_sirens_count_only_when_asked_for(ready: Cast, ask: Ask) -> None:
    mark_faulty(ready.actor("li").because("喇叭坏"), Siren.objects.get(number=1))
    assert ask().run.result["figures"]["hearing"] == 0
    assert ask(sirens="on_register").run.result["figures"]["hearing"] == 1000


def test_what_the_register_lacks_is_assumed_and_said(ready: Cast, ask: Ask) -> None:
    stand(ready, 3, 3000, 0, level=None)
    result = ask(level_db=100.0).run.result
    assert "没有登记声压级、按设定计的 1 台" in result["inputs"][0]
    assert result["sirens"][2]["level"] == 100.0


def test_a_siren_registered_below_its_roof_stands_on_it(ready: Cast, ask: Ask) -> None:
    keep(
        ready.actor("li"), ready.stage.tianxin, town(feature(ring(1500, 40), height=33)),
        "buildings", "高楼.geojson",
    )  # fmt: skip
    result = ask().run.result
    assert any("按屋面以上 3 m 计的 1 台：2 2号点" in line for line in result["inputs"])
    assert result["sirens"][1]["height"] == 36.0


def test_ambient_zones_and_ground_factors_of_the_city_are_used(ready: Cast, ask: Ask) -> None:
    before = ask()
    li, tianxin = ready.actor("li"), ready.stage.tianxin
    keep(li, tianxin, collection(feature(ring(0, 0, 900), zone=4)), "ambient", "噪.geojson")
    keep(li, tianxin, collection(feature(ring(0, 0, 300), G=1.0)), "ground", "绿.geojson")
    after = ask()
    said = "；".join(after.run.result["inputs"])
    assert "60～70（按功能区）" in said
    assert "地面因子：1 块按图层" in said
    assert after.area_share is not None
    assert before.area_share is not None
    assert after.area_share < before.area_share


def test_outlines_of_the_people_give_areas_by_community(ready: Cast, ask: Ask) -> None:
    withdraw_layer(
        ready.actor("li").because("换"), keep_people(ready, "旧.csv", PEOPLE.encode() + b"\n")
    )
    near = feature(ring(0, 0, 250), people=900, street="坡子街街道", community="甲社区")
    far = feature(ring(3000, 0, 200), people=100, street="坡子街街道", community="乙社区")
    keep_people(ready, "面.geojson", collection(near, far))
    result = ask().run.result
    assert result["basis"] == "按人口图层的边界"
    here, there = result["places"]
    assert (here["community"], here["people"], here["hearing"]) == ("乙社区", 100, 0)
    assert there["people"] == 900
    assert there["covered_m2"] > 0.9 * there["built_up_m2"] > 0
    assert result["figures"]["people"] == 1000


def keep_people(ready: Cast, name: str, body: bytes) -> Any:
    return keep(ready.actor("li"), ready.stage.tianxin, body, "population", name)


def test_reports_take_the_newest_that_stands(ready: Cast, ask: Ask) -> None:
    tianxin = ready.stage.tianxin
    assert known("coverage.people", tianxin).number is None
    first = ask()
    assert known("coverage.people", tianxin).shown == "66.7 %（1000/1500）"
    assert known("coverage.area", ready.stage.baishajing).url == first.url
    second = ask(margin=15.0)
    assert known("coverage.area", tianxin).url == second.url
    actions.void_survey(ready.actor("li").because("裕量选错"), second)
    assert known("coverage.area", tianxin).url == first.url
    assert known("coverage.area", ready.stage.yuanhui).number is None


def test_voiding_needs_a_reason_and_keeps_the_result(ask: Ask, login: Login) -> None:
    survey = ask()
    assert login("wang").post(f"{survey.url}void/", {"reason": "x"}).status_code == 403
    assert login("li").post(f"{survey.url}void/").status_code == 422
    assert login("li").post(f"{survey.url}void/", {"reason": "图层错了"}).status_code == 302
    assert "作废" in login("wang").get(survey.url).content.decode()


def test_the_zones_of_gb3096_are_the_engines() -> None:
    assert AMBIENT_DB == ENGINE_DB


def test_a_layer_whose_file_is_gone_says_so(ready: Cast, ask: Ask, settings: Any) -> None:
    for path in Path(settings.CITY_DIR).glob("*.geojson"):
        path.unlink()
    survey = ask()
    assert survey.run.state == "failed"
    assert survey.run.problem["number"] == "404.160"


def test_the_same_ask_gives_the_same_figures(ask: Ask) -> None:
    one, other = ask().run.result, ask().run.result
    assert one == other


def test_a_problem_of_the_data_is_a_numbered_problem(ready: Cast) -> None:
    Siren.objects.filter(number=1).update(spl30_db=145.0)
    survey = actions.ask_survey(
        ready.actor("li"), ready.stage.tianxin, name="x", settings=Settings(step=25)
    )
    assert run_now(survey.run).problem["number"] == "422.200"
    with pytest.raises(Problem, match=r"409\.201"):
        actions.try_out(ready.actor("li"), survey, off=[], moved={}, whole=False)
