"""Publication, closing, scrapping, voiding; parts that come and go; what reports count."""

from typing import Any

import pytest

from hudun.assets.shelters import actions
from hudun.assets.shelters.models import Opening, Shelter
from hudun.core.action import Action
from hudun.core.error import Problem
from hudun.core.fact import ask
from hudun.core.journal.models import JournalLine
from hudun.core.organ import User
from hudun.core.plate import Plate
from hudun.core.testing import Cast
from hudun.office.models import Unit

from .conftest import Login, MakeShelter

pytestmark = pytest.mark.django_db


def refused(action: Action[Any, ..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Problem) as problem:
        action(*args, **kwargs)
    return problem.value.number


def test_nothing_is_public_until_somebody_decides(cast: Cast, shelter: Shelter) -> None:
    assert shelter.plate_public() is None
    assert refused(actions.publish, cast.actor("li"), shelter) == "422.1"
    assert refused(actions.publish, cast.actor("zhang").because("惠民"), shelter) == "403.1"
    published = actions.publish(cast.actor("li").because("居民应急避难"), shelter)
    said = dict(published.plate_public() or [])
    assert said["名称"] == shelter.name
    assert set(said) == {"名称", "地址", "平时用途", "可掩蔽人数"}
    line = JournalLine.objects.of(shelter)[0]
    assert (line.verb, line.content["reason"]) == ("shelters.publish", "居民应急避难")
    withdrawn = actions.withdraw_publication(cast.actor("li").because("改造"), published)
    assert withdrawn.plate_public() is None


def test_internal_is_not_published_and_public_not_made_internal(
    cast: Cast, shelter: Shelter, make_shelter: MakeShelter
) -> None:
    li = cast.actor("li").because("试")
    internal = make_shelter("TX-002", secrecy="internal")
    assert refused(actions.publish, li, internal) == "409.35"
    published = actions.publish(li, shelter)
    assert refused(actions.edit_shelter, li, published, secrecy="work") == "409.36"


def test_the_button_offers_what_can_be_done(cast: Cast, shelter: Shelter, login: Login) -> None:
    url = f"/shelters/{shelter.pk}/"
    page = login("li").get(url).content.decode()
    assert "决定公开" in page
    assert "撤回公开" not in page
    answer = login("li").post(f"{url}do/publish/", {"publish-reason": "居民应急避难"})
    assert answer.status_code == 302
    assert "撤回公开" in login("li").get(url).content.decode()


def test_scrapping_needs_the_directors_paper(cast: Cast, shelter: Shelter) -> None:
    """人民防空法 §28."""
    paper: Any = {"scrap_document": "天防办〔2026〕9号", "reason": "结构失效"}
    assert refused(actions.scrap, cast.actor("li"), shelter, **paper) == "403.1"
    actions.publish(cast.actor("li").because("公开"), shelter)
    scrapped = actions.scrap(cast.actor("zhou"), shelter, **paper)
    assert scrapped not in Shelter.objects.standing()
    assert scrapped.plate_public() is None
    assert not Plate.objects.of(scrapped).active().exists()
    shelter.refresh_from_db()
    assert (shelter.public, shelter.scrap_document) == (False, "天防办〔2026〕9号")


def test_void_with_a_reason_never_a_delete(cast: Cast, shelter: Shelter, login: Login) -> None:
    assert refused(actions.void, cast.actor("li"), shelter) == "422.1"
    actions.void(cast.actor("li").because("重复登记"), shelter)
    assert login("li").get(f"/shelters/{shelter.pk}/").status_code == 200
    assert not Shelter.objects.standing().exists()


def test_closed_and_opened_again_keeps_its_plate(cast: Cast, shelter: Shelter) -> None:
    closed = actions.close(cast.actor("zhang").because("渗水"), shelter)
    assert closed in Shelter.objects.standing()
    opened = actions.reopen(cast.actor("li").because("修复"), closed)
    assert Plate.objects.of(opened).active().exists()


def test_parts_are_added_where_the_shelter_is(cast: Cast, shelter: Shelter, login: Login) -> None:
    li = cast.actor("li")
    door = actions.add_opening(
        li, shelter.organ, shelter=shelter, number="K1", kind="main", clear_width_m=1.5,
        source_lon=112.97, source_lat=28.19,
    )  # fmt: skip
    assert door.lon == pytest.approx(112.97)
    assert list(Opening.objects.entrances()) == [door]
    page = login("li").get(f"/shelters/{shelter.pk}/").content.decode()
    assert f"/shelters/openings/{door.pk}/" in page
    assert f"/shelters/openings/new/?shelter={shelter.pk}" in page
    form = login("li").get(f"/shelters/openings/new/?shelter={shelter.pk}").content.decode()
    assert f'<option value="{shelter.pk}" selected>' in form
    elsewhere = cast.stage.chengnanlu
    assert refused(actions.add_unit, li, elsewhere, shelter=shelter, number="1") == "404.1"
    assert refused(actions.add_opening, cast.actor("qian"), cast.stage.laojie, shelter=shelter,
                   number="1", kind="main") == "404.1"  # fmt: skip


def test_a_number_is_free_again_once_the_part_is_gone(cast: Cast, shelter: Shelter) -> None:
    li = cast.actor("li")
    unit = actions.add_unit(li, shelter.organ, shelter=shelter, number="1", built_m2=1800)
    assert refused(actions.add_unit, li, shelter.organ, shelter=shelter, number="1") == "409.34"
    actions.remove_part(li.because("登记有误"), unit)
    assert refused(actions.edit_part, li, unit, remark="x") == "409.37"
    assert actions.add_unit(li, shelter.organ, shelter=shelter, number="1").pk != unit.pk


def test_a_company_sees_the_parts_of_its_own_shelter(
    cast: Cast, keeper: User, company: Unit, make_shelter: MakeShelter, login: Login
) -> None:
    own, other = make_shelter("1", owner_name=company.name), make_shelter("2")
    li = cast.actor("li")
    units = [actions.add_unit(li, s.organ, shelter=s, number="1") for s in (own, other)]
    client = login(keeper)
    assert client.get(f"/shelters/units/{units[0].pk}/").status_code == 200
    assert client.get(f"/shelters/units/{units[1].pk}/").status_code == 404
    assert client.get(f"/shelters/units/new/?shelter={own.pk}").status_code == 403
    assert [r["id"] for r in client.get("/shelters/units/list.json").json()["results"]] == [
        str(units[0].pk)
    ]


def test_counts_name_what_they_do_not_know(cast: Cast, make_shelter: MakeShelter) -> None:
    make_shelter("1", capacity=800, built_m2=1000, condition="good", built_year=1970)
    make_shelter("2", capacity=200, source_lon=112.97, source_lat=28.19, condition="bad")
    blank = make_shelter("3")
    tianxin = cast.stage.tianxin
    people = ask("shelters.capacity", tianxin)
    assert (people.number, people.shown) == (1000, "1,000 人")
    assert list(people.outside or []) == [blank]
    assert ask("shelters.capacity_known", tianxin).shown == "66.7 %（2/3）"
    assert ask("shelters.placed", tianxin).shown == "33.3 %（1/3）"
    assert ask("shelters.in_order", tianxin).shown == "50 %（1/2）"
    assert ask("shelters.early", tianxin).number == 1
    assert ask("shelters.shelter_area", tianxin).shown == "—"
    assert ask("shelters.count", cast.stage.yuanhui).number == 0


def test_the_first_page_counts_them(make_shelter: MakeShelter, login: Login) -> None:
    make_shelter("1", capacity=800)
    make_shelter("2")
    page = login("li").get("/").content.decode()
    assert "处在册，已知可掩蔽 800 人" in page
    assert "可掩蔽人数未知" in page
    client = login("li")
    assert "工程2" in client.get("/shelters/?unknown=capacity").content.decode()
    assert "工程1" not in client.get("/shelters/?unknown=capacity").content.decode()
