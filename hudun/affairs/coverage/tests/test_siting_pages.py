"""选址测算: the cost first, then the search, then the choice as sites."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hudun.affairs.coverage import actions
from hudun.affairs.coverage.forms import SearchForm
from hudun.affairs.coverage.models import Site
from hudun.assets.sirens.actions import edit_siren
from hudun.assets.sirens.models import Siren
from hudun.core.journal.models import JournalLine
from hudun.core.planner import Run
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

from . import town
from .conftest import WHOLE, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("grounded")]
NEW = "/coverage/siting/new/"


def typed(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The form as it stands, for a small town."""
    form = SearchForm(cast.zhang)
    first = {
        name: field.initial for name, field in form.fields.items() if field.initial is not None
    }
    choices = {
        "organ": cast.stage.tianxin.pk, "objective": "cover", "measure": "people",
        "source": "roofs", "datum": "CGCS2000", "sets": "sound",
    }  # fmt: skip
    town_size = {"new": 2, "least_m": 10, "level": 88, "seconds": 2, "coarse": 50, "fine": 50}
    return {**first, **choices, **town_size, **changes}


def started(cast: Cast, client: Client, **changes: Any) -> Run:
    answer = client.post(NEW, {**typed(cast, **changes), "step": "start"})
    assert answer.status_code == 302, answer.content.decode()
    return Run.objects.of_kind("coverage.sites").order_by("-asked_at").get()


@pytest.fixture
def done(cast: Cast, login: Login) -> Run:
    return run_now(started(cast, login("zhang")))


def test_the_cost_is_stated_before_anything_starts(cast: Cast, login: Login) -> None:
    page = login("zhang").post(NEW, {**typed(cast), "step": "estimate"}).content.decode()
    assert "越好越快" in page
    assert "开始计算" in page
    assert "样例镇" in page, "the layers it would rest on"
    assert not Run.objects.of_kind("coverage.sites").exists()


def test_from_the_search_to_the_sites(cast: Cast, done: Run, login: Login) -> None:
    client = login("zhang")
    page = client.get(f"/coverage/siting/{done.pk}/").content.decode()
    assert "已证明最优" in page
    assert "现有警报器 1 台，位置不动" in page
    assert "文件 “样例镇” 有" in page, "a layer by its name, not by its digest"
    area = client.get(reverse("run-file", kwargs={"pk": done.pk, "name": "areas-1.geojson"}))
    assert b"MultiPolygon" in b"".join(area.streaming_content)  # type: ignore[attr-defined]
    answer = client.post(
        f"/coverage/siting/{done.pk}/adopt/",
        {"choice": "1", "name-1": "东校楼顶", "organ-1": str(cast.stage.baishajing.pk)},
    )
    assert answer.status_code == 302
    first, second = Site.objects.order_by("number")
    assert (first.name, first.organ, first.state) == ("东校楼顶", cast.stage.baishajing, "proposed")
    assert second.organ == cast.stage.tianxin
    assert (first.run, first.spl30_db, first.stand) == (done, 88.0, "roof")
    assert first.added_people is not None
    assert first.added_people > 0
    assert "已证明最优" in first.basis
    assert JournalLine.objects.filter(verb="coverage.propose_site").count() == 2
    assert (
        f"/coverage/siting/{done.pk}/"
        in client.get(f"/coverage/sites/{first.pk}/").content.decode()
    )
    again = client.get(f"/coverage/siting/{done.pk}/").content.decode()
    assert "这个方案已经采用" in again
    refused = client.post(f"/coverage/siting/{done.pk}/adopt/", {"choice": "1"})
    assert (refused.status_code, Site.objects.count()) == (409, 2)


def test_another_choice_is_shown(done: Run, login: Login) -> None:
    client = login("shenji")
    choices = done.result["choices"]
    assert len(choices) > 1
    page = client.get(f"/coverage/siting/{done.pk}/?choice=2").content.decode()
    assert choices[1]["sites"][0]["name"] in page
    assert "采用为选址" not in page, "an auditor only looks"
    for nonsense in ("0", "99", "x", "-1"):
        assert client.get(f"/coverage/siting/{done.pk}/?choice={nonsense}").status_code == 200


def test_who_may_not(cast: Cast, done: Run, login: Login) -> None:
    page = f"/coverage/siting/{done.pk}/"
    assert login("qian").get(page).status_code == 404
    assert login("qian").post(f"{page}adopt/", {"choice": "1"}).status_code == 404
    assert login("shenji").post(f"{page}adopt/", {"choice": "1"}).status_code == 403
    assert login("zhou").get(NEW).status_code == 403
    assert login("zhang").get(f"{page}adopt/").status_code == 405
    assert str(done.pk) not in login("qian").get("/coverage/siting/").content.decode()
    other = login("qian").post(NEW, {**typed(cast), "step": "start"})
    assert other.status_code == 422, "another district's office is not among the choices"


def test_approved_sites_count_as_standing(cast: Cast, login: Login) -> None:
    site = actions.propose_site(cast.actor("zhang"), cast.stage.baishajing, **WHOLE)
    actions.approve(cast.actor("zhou"), site, approval_document="1")
    run = run_now(started(cast, login("zhang"), agreed="on"))
    assert run.result["standing"] == 2
    assert any("已批准" in line for line in run.result["lines"])


def test_a_list_and_closed_areas_are_kept_over_the_estimate(cast: Cast, login: Login) -> None:
    rows = [(f"点{x}", *town.lonlat(x, x), 30) for x in (255, 450, 755)]
    text = "\n".join(["name,lon,lat,height", *(",".join(map(str, row)) for row in rows)])
    ring = json.dumps(town.polygon(town.square(440, 440, 30)))
    files = {
        "rows": SimpleUploadedFile("点.csv", text.encode()),
        "zones": SimpleUploadedFile("避开.geojson", ring.encode()),
    }
    client = login("zhang")
    page = client.post(NEW, {**typed(cast, source="list"), **files, "step": "estimate"})
    shown = page.content.decode()
    assert "名单 3 处，避开区 1 块" in shown
    kept = page.context["form"].data["kept"]
    run = run_now(started(cast, client, source="list", kept=kept, new=1))
    assert run.result["candidates"] == 2
    shown = client.get(f"{NEW}?from={run.pk}").content.decode()
    assert "名单 3 处" in shown
    assert 'value="88"' in shown
    assert 'value="95"' in shown, "a share as it was typed"


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("rows", b"name,lon,lat,height\nx,1,y,3", "第 2 行"),
        ("rows", b"", "名单"),
        ("zones", b"{}", "GeoJSON"),
        ("zones", b'{"type":"Point","coordinates":[113,28]}', "多边形"),
        ("zones", json.dumps(town.polygon([[[0, 0], [1, 0], [1, 1], [0, 0]]])).encode(), "中国"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(
    cast: Cast, login: Login, name: str, body: bytes, said: str
) -> None:
    given = {**typed(cast, source="list"), name: SimpleUploadedFile("x.csv", body)}
    answer = login("zhang").post(NEW, given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"new": 0}, "大于或等于1"),
        ({"budget_fen": "100000"}, "按费用选时请填写"),
        ({"fine": 100}, "不能比挑选的还粗"),
        ({"kept": "{nonsense", "source": "list"}, "请上传候选点名单"),
        ({"kept": '{"rows": [["a", 1]]}', "source": "list"}, "请上传候选点名单"),
    ],
)
def test_what_cannot_be_meant_is_said(
    cast: Cast, login: Login, change: dict[str, Any], said: str
) -> None:
    answer = login("zhang").post(NEW, typed(cast, **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_search_that_finds_no_place_says_why(cast: Cast, login: Login) -> None:
    run = run_now(started(cast, login("zhang"), least_m=200))
    assert run.state == "failed"
    page = login("zhang").get(f"/coverage/siting/{run.pk}/").content.decode()
    assert "422.224" in page
    assert "没有候选点" in page
    refused = login("zhang").post(f"/coverage/siting/{run.pk}/adopt/", {"choice": "1"})
    assert refused.status_code == 409


def test_where_all_hear_already_there_is_nothing_to_adopt(cast: Cast, login: Login) -> None:
    siren = Siren.objects.get()
    edit_siren(cast.actor("li"), siren, spl30_db=140.0, height_m=90.0)
    run = run_now(started(cast, login("zhang")))
    page = login("zhang").get(f"/coverage/siting/{run.pk}/").content.decode()
    assert "已经够了" in page
    assert "采用为选址" not in page
    answer = login("zhang").post(f"/coverage/siting/{run.pk}/adopt/", {"choice": "1"})
    assert (answer.status_code, Site.objects.count()) == (409, 0)


def test_no_search_yet(login: Login) -> None:
    assert "还没有测算过" in login("shenji").get("/coverage/siting/").content.decode()
