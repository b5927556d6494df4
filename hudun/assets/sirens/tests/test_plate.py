"""Every siren has a plate from the day it is registered, and it stays true."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from hudun.assets.sirens import actions
from hudun.assets.sirens.models import Siren
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ, OrganKind, Role
from hudun.core.plate import Contact, Plate, kinds
from hudun.core.plate.models import load_assets
from hudun.core.testing import Cast, make_person

from .conftest import MakeSiren

pytestmark = pytest.mark.django_db


def test_registering_gives_a_plate(siren: Siren) -> None:
    plate = Plate.objects.of(siren).get()
    assert (plate.title, plate.organ) == ("1 号警报器（警报器1）", siren.organ)
    assert plate.asset == siren
    assert plate.page == f"/sirens/{siren.pk}/"
    assert plate.url.endswith(f"/p/{plate.code}/")
    assert Plate.objects.active().by_code(plate.spaced_code.lower()).get() == plate
    line = JournalLine.objects.of(siren).get()
    assert line.content["note"] == {"plate": plate.code}


def test_the_plate_follows_name_and_street(cast: Cast, siren: Siren) -> None:
    actions.edit_siren(cast.actor("li"), siren, name="蔡锷南路", organ=cast.stage.chengnanlu)
    plate = Plate.objects.of(siren).get()
    assert (plate.title, plate.organ) == ("1 号警报器（蔡锷南路）", cast.stage.chengnanlu)
    also = JournalLine.objects.of(siren)[0].content["also"]
    assert [each["label"] for each in also] == [plate.title]


def test_an_edit_that_leaves_the_plate_as_it_is_says_nothing(cast: Cast, siren: Siren) -> None:
    actions.edit_siren(cast.actor("li"), siren, condition="良好")
    assert JournalLine.objects.of(siren)[0].content["also"] == []


def test_a_void_siren_has_no_active_plate(cast: Cast, siren: Siren) -> None:
    code = Plate.objects.of(siren).get().code
    actions.void(cast.actor("li").because("重复登记"), siren)
    assert not Plate.objects.active().by_code(code).exists()
    assert Plate.objects.by_code(code).exists()


def test_nothing_about_a_siren_is_public_and_no_name_stands_in_its_register(
    make_siren: MakeSiren,
) -> None:
    siren = make_siren(
        4, site_name="省气象局", site_keeper="刘建国", site_phone="0731-85550104", position="楼顶"
    )
    assert siren.plate_public() is None
    assert siren.plate_contacts() == [Contact("owner", "省气象局", "刘建国", "0731-85550104")]
    assert "刘建国" not in str(siren.plate_register())


def test_a_plate_is_seen_from_its_own_tree_only(cast: Cast, siren: Siren) -> None:
    for name, count in (("li", 1), ("zhao", 1), ("qian", 0)):
        assert Plate.objects.visible_to(getattr(cast, name)).count() == count, name


def test_a_unit_that_answers_for_it_sees_it(cast: Cast, siren: Siren) -> None:
    tree: Organ = cast.stage.chengnanlu
    node = Organ.objects.plant(OrganKind.UNIT, "安居物业", parent=tree)
    keeper = make_person("wuye", "孙物业", node, Role.KEEPER)
    plate = Plate.objects.of(siren).get()
    assert not Plate.objects.visible_to(keeper).exists()
    plate.units.add(node)
    assert Plate.objects.visible_to(keeper).get() == plate


def test_assets_of_many_plates_take_one_query(
    make_siren: MakeSiren, django_assert_num_queries: object
) -> None:
    for number in range(5, 9):
        make_siren(number)
    plates = list(Plate.objects.all())
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert {plate.asset.plate_title() for plate in load_assets(plates)} == {
            plate.title for plate in plates
        }


def test_sirens_from_before_the_plates_get_theirs(make_siren: MakeSiren) -> None:
    siren = make_siren(3)
    Plate.objects.all().delete()
    migration = import_module("hudun.assets.sirens.migrations.0002_plates")
    migration.give_plates(apps, connection.schema_editor())
    assert Plate.objects.active().get().asset == siren


def test_kinds_are_named_as_their_ledgers() -> None:
    assert kinds()["sirens"] is Siren
