"""Registering, changing, moving: who may, what is refused, what stays unknown."""

from typing import Any

import pytest

from hudun.assets.shelters import actions
from hudun.assets.shelters.models import Shelter
from hudun.core.action import Action
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.organ import User
from hudun.core.plate import Plate
from hudun.core.testing import Cast
from hudun.office.models import Unit

from .conftest import Login, MakeShelter

pytestmark = pytest.mark.django_db


def refused(action: Action[Any, ..., Any], *args: Any, **kwargs: Any) -> Problem:
    with pytest.raises(Problem) as problem:
        action(*args, **kwargs)
    return problem.value


def test_it_gets_a_plate_and_one_journal_line(cast: Cast, shelter: Shelter) -> None:
    plate = Plate.objects.of(shelter).get()
    assert (plate.title, plate.organ, plate.asset) == ("工程TX-001", shelter.organ, shelter)
    line = JournalLine.objects.of(shelter).get()
    assert (line.verb, line.person) == ("shelters.register", cast.li)
    assert line.content["note"] == {"plate": plate.code}


def test_who_may(cast: Cast, shelter: Shelter) -> None:
    assert refused(actions.edit_shelter, cast.actor("wang"), shelter, name="x").number == "403.1"
    assert refused(actions.edit_shelter, cast.actor("qian"), shelter, name="x").number == "404.1"
    assert refused(actions.register_shelter, cast.actor("zhao"), shelter.organ).number == "403.1"


def test_what_is_not_known_stays_empty(make_shelter: MakeShelter, login: Login) -> None:
    shelter = make_shelter("TX-002")
    assert (shelter.capacity, shelter.lon, shelter.built_year) == (None, None, None)
    assert shelter.gaps == "建成年份、建筑面积、可掩蔽人数、位置"
    page = login("li").get(f"/shelters/{shelter.pk}/").content.decode()
    assert "<dt>可掩蔽人数</dt><dd>未知</dd>" in page


def test_zero_people_is_not_unknown(make_shelter: MakeShelter) -> None:
    make_shelter("TX-002", capacity=0)
    make_shelter("TX-003")
    assert [s.number for s in Shelter.objects.capacity_unknown()] == ["TX-003"]


@pytest.mark.parametrize(("year", "category"), [(1980, "early"), (1981, "standard")])
def test_the_year_tells_an_early_work(make_shelter: MakeShelter, year: int, category: str) -> None:
    assert make_shelter("TX-002", built_year=year).category == category


def test_a_year_that_contradicts_is_refused(make_shelter: MakeShelter) -> None:
    with pytest.raises(Problem) as problem:
        make_shelter("TX-002", built_year=2009, category="early")
    assert problem.value.number == "422.35"
    assert problem.value.fields == {"category": "与建成年份 2009 不符。"}


def test_a_number_is_given_once(cast: Cast, shelter: Shelter, make_shelter: MakeShelter) -> None:
    with pytest.raises(Problem) as problem:
        make_shelter("TX-001")
    assert problem.value.number == "409.34"
    assert "工程TX-001" in problem.value.what


@pytest.mark.parametrize("secrecy", ["秘密", "机密", "绝密"])
def test_no_state_secret(
    cast: Cast, shelter: Shelter, make_shelter: MakeShelter, secrecy: str
) -> None:
    with pytest.raises(Problem) as problem:
        make_shelter("TX-002", secrecy=secrecy)
    assert problem.value.number == "422.36"
    assert "国家秘密不得存入本系统" in problem.value.what
    assert refused(actions.edit_shelter, cast.actor("li"), shelter, secrecy=secrecy).number == (
        "422.36"
    )


def test_the_form_says_why_a_secret_is_refused(shelter: Shelter, login: Login) -> None:
    answer = login("li").post(f"/shelters/{shelter.pk}/edit/", {"secrecy": "机密"})
    assert answer.status_code == 422
    assert "国家秘密（秘密、机密、绝密）不得存入本系统（422.36）" in answer.content.decode()


def test_an_action_sets_nothing_that_others_decide(cast: Cast, shelter: Shelter) -> None:
    for field in ("public", "state", "office", "owner_organ"):
        with pytest.raises(TypeError):
            actions.edit_shelter(cast.actor("li"), shelter, **{field: None})
        with pytest.raises(TypeError):
            actions.register_shelter(cast.actor("li"), shelter.organ, **{field: None})


def test_into_another_street_with_all_its_parts(cast: Cast, shelter: Shelter) -> None:
    li, there = cast.actor("li"), cast.stage.baishajing
    unit = actions.add_unit(li, shelter.organ, shelter=shelter, number="1")
    moved = actions.edit_shelter(li, shelter, organ=there)
    unit.refresh_from_db()
    assert unit.organ == Plate.objects.of(moved).get().organ == there
    assert (moved.street, moved.community) == ("城南路街道", "白沙井社区居委会")


def test_not_into_another_district(cast: Cast, shelter: Shelter) -> None:
    problem = refused(actions.edit_shelter, cast.actor("li"), shelter, organ=cast.stage.laojie)
    assert problem.number == "422.34"


def test_a_property_company_sees_its_own_and_nothing_else(
    keeper: User, company: Unit, make_shelter: MakeShelter, login: Login
) -> None:
    own = make_shelter("TX-010", maintainer_name=company.name)
    other = make_shelter("TX-011", maintainer_name="别家物业")
    client = login(keeper)
    page = client.get("/shelters/").content.decode()
    assert own.name in page
    assert other.name not in page
    assert client.get(f"/shelters/{own.pk}/").status_code == 200
    assert client.get(f"/shelters/{other.pk}/").status_code == 404
    assert client.get(f"/shelters/{own.pk}/edit/").status_code == 403
    assert client.get("/shelters/new/").status_code == 403
    assert list(Plate.objects.visible_to(keeper)) == [Plate.objects.of(own).get()]


def test_a_company_that_no_longer_keeps_it_sees_it_no_more(
    cast: Cast, keeper: User, company: Unit, make_shelter: MakeShelter
) -> None:
    shelter = make_shelter("TX-010", user_name=company.name)
    assert shelter in Shelter.objects.visible_to(keeper)
    actions.edit_shelter(cast.actor("li"), shelter, user_name="新租户")
    assert not Shelter.objects.visible_to(keeper).exists()
    assert not Plate.objects.visible_to(keeper).exists()


def test_a_name_of_another_district_gives_no_sight(cast: Cast, keeper: User, company: Unit) -> None:
    actions.register_shelter(
        cast.actor("qian"), cast.stage.laojie, number="YH-1", name="外区", kind="cut",
        owner_name=company.name,
    )  # fmt: skip
    assert not Shelter.objects.visible_to(keeper).exists()


def test_contacts_for_a_notice(company: Unit, make_shelter: MakeShelter) -> None:
    shelter = make_shelter(
        "TX-010", owner_name="某公司", maintainer_name=company.name,
        maintainer_person="孙物业", maintainer_email="sun@example.com",
    )  # fmt: skip
    contacts = {contact.role: contact for contact in shelter.plate_contacts()}
    assert set(contacts) == {"owner", "maintainer"}
    assert contacts["maintainer"].organ == company.node
    assert contacts["owner"].organ is None
    assert "孙物业" not in str(shelter.plate_register())


def test_its_systems_come_from_its_equipment(cast: Cast, make_shelter: MakeShelter) -> None:
    early, modern = make_shelter("1", built_year=1975), make_shelter("2", built_year=2015)
    assert early.plate_systems() == {"土建", "防护设备"}
    assert len(modern.plate_systems()) == 6
    li = cast.actor("li")
    pump = actions.add_equipment(
        li, modern.organ, shelter=modern, number="1", name="水泵", system="给排水供油"
    )
    assert modern.plate_systems() == {"土建", "给排水供油"}
    actions.remove_part(li.because("拆除"), pump)
    assert len(modern.plate_systems()) == 6
