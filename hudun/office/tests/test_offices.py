"""Opening an office; the three administrators of a new one."""

import pytest
from django.core.management import CommandError, call_command

from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganKind, Role, User
from hudun.core.testing import Cast, Stage, make_person
from hudun.office.actions import (
    close_organ,
    close_unit,
    edit_office,
    edit_unit,
    found_unit,
    open_office,
)
from hudun.office.models import Nature, Office, Unit

pytestmark = pytest.mark.django_db


def test_an_office_takes_the_names_of_its_place(stage: Stage) -> None:
    office = open_office(Actor.system(), stage.tianxin)
    assert (office.name, office.short_name) == ("长沙市天心区人民防空办公室", "天心区人防办")
    assert Office.objects.of(stage.baishajing) == office
    assert Office.objects.of(stage.laojie) is None


def test_it_is_opened_once_and_only_for_a_district_or_above(stage: Stage) -> None:
    open_office(Actor.system(), stage.tianxin)
    with pytest.raises(Problem, match=r"409\.23"):
        open_office(Actor.system(), stage.tianxin)
    with pytest.raises(Problem, match=r"422\.23"):
        open_office(Actor.system(), stage.pozijie)


def test_its_director_edits_it_and_no_other_district(cast: Cast) -> None:
    office = open_office(Actor.system(), cast.stage.tianxin)
    fields = {"paper_prefix": "天人防"}
    edit_office(cast.actor("zhou"), office, **fields)
    assert Office.objects.get().paper_prefix == "天人防"
    with pytest.raises(Problem, match=r"404\.1"):
        edit_office(cast.actor("qian"), office, **fields)
    with pytest.raises(Problem, match=r"403\.1"):
        edit_office(cast.actor("zhang"), office, **fields)


def test_the_command_makes_three_administrators(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("open_office", "430103")
    out = capsys.readouterr().out
    roles = {post.role for user in User.objects.all() for post in user.posts.all()}
    assert roles == {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}
    password = next(line.split("\t")[2] for line in out.splitlines() if "430103-sys" in line)
    assert User.objects.get(username="430103-sys").check_password(password)
    with pytest.raises(CommandError, match=r"409\.23"):
        call_command("open_office", "430103")
    assert User.objects.count() == 3


def test_an_organ_with_something_below_is_not_closed(cast: Cast) -> None:
    street = cast.stage.chengnanlu
    with pytest.raises(Problem, match=r"409\.24"):
        close_organ(cast.actor("xiguan").because("合并"), street)
    close_organ(cast.actor("xiguan").because("合并"), cast.stage.baishajing)
    close_organ(cast.actor("xiguan").because("合并"), street)
    assert street not in Organ.objects.active()


CODE = "91110108551385082Q"


def test_a_unit_lies_below_its_community(cast: Cast) -> None:
    unit = found_unit(
        cast.actor("zhang"),
        cast.stage.baishajing,
        name="白沙物业有限公司",
        nature=Nature.PROPERTY,
        credit_code=CODE,
        phone="0731-85550000",
    )
    assert cast.stage.baishajing.contains(unit.node) and unit.node.kind == OrganKind.UNIT
    assert list(Unit.objects.visible_to(cast.zhang)) == [unit]
    assert not Unit.objects.visible_to(cast.qian).exists()
    with pytest.raises(Problem, match=r"409\.26"):
        found_unit(
            cast.actor("zhang"),
            cast.stage.pozijie,
            name="又一家",
            nature=Nature.OTHER,
            credit_code=CODE,
        )


def test_a_unit_moves_with_its_people_and_closes_without_them(cast: Cast) -> None:
    unit = found_unit(
        cast.actor("zhang"), cast.stage.baishajing, name="甲物业", nature=Nature.PROPERTY
    )
    keeper = make_person("keeper", "钱物业", unit.node, Role.INSPECTOR)
    edit_unit(cast.actor("zhang"), unit, name="乙物业", organ=cast.stage.pozijie)
    node = Organ.objects.get(pk=unit.node.pk)
    assert (node.name, cast.stage.pozijie.contains(node)) == ("乙物业", True)
    assert User.objects.get(pk=keeper.pk).sees(node)
    with pytest.raises(Problem, match=r"404\.1"):
        edit_unit(cast.actor("zhang"), unit, organ=cast.stage.yuanhui)
    with pytest.raises(Problem, match=r"409\.24"):
        close_unit(cast.actor("zhang").because("撤场"), unit)
    keeper.posts.update(until=keeper.posts.get().since)
    close_unit(cast.actor("zhang").because("撤场"), unit)
    assert not Unit.objects.active().exists()
    assert node not in Organ.objects.active()


def test_a_mistyped_credit_code_is_found(cast: Cast) -> None:
    with pytest.raises(Problem, match=r"422\.22") as caught:
        found_unit(
            cast.actor("zhang"),
            cast.stage.pozijie,
            name="某单位",
            nature=Nature.SITED,
            credit_code=CODE.replace("55", "56"),
        )
    assert "credit_code" in caught.value.fields
