"""The tree, and who sees what of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hudun.core import clock
from hudun.core.organ import Organ, OrganKind, Post, Role
from hudun.core.testing import Cast, Stage

pytestmark = pytest.mark.django_db


def test_a_path_names_everything_above(stage: Stage) -> None:
    assert stage.baishajing.path == "/43/4301/430103/430103004/430103004005/"
    above = list(Organ.objects.above(stage.baishajing))
    assert above == [
        stage.hunan,
        stage.changsha,
        stage.tianxin,
        stage.chengnanlu,
        stage.baishajing,
    ]
    assert stage.baishajing.depth == 4


def test_a_code_that_begins_alike_is_not_below(stage: Stage) -> None:
    longer = Organ.objects.plant(
        OrganKind.DISTRICT, "别的区", code="4301031", parent=stage.changsha
    )
    assert longer not in Organ.objects.under(stage.tianxin)
    assert not stage.tianxin.contains(longer)


def test_a_unit_without_a_code_has_its_place(stage: Stage) -> None:
    unit = Organ.objects.plant(OrganKind.UNIT, "某公司", parent=stage.pozijie)
    assert stage.tianxin.contains(unit)
    assert unit.seat() == stage.tianxin
    assert stage.changsha.seat() == stage.changsha


def test_only_a_province_stands_alone(stage: Stage) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organ.objects.plant(OrganKind.CITY, "无主市", code="9901")


def test_a_post_counts_from_its_beginning_to_its_end(cast: Cast) -> None:
    moment = clock.now()
    Post.objects.filter(user=cast.zhang).update(until=moment)
    Post.objects.create(
        user=cast.zhang,
        organ=cast.stage.tianxin,
        role=Role.DUTY_OFFICER,
        since=moment + timedelta(days=1),
    )
    with clock.frozen(moment - timedelta(seconds=1)):
        assert [post.role for post in cast.zhang.held_now()] == [Role.CLERK]
    with clock.frozen(moment):
        assert cast.zhang.held_now() == []
    with clock.frozen(moment + timedelta(days=2)):
        assert [post.role for post in cast.zhang.held_now()] == [Role.DUTY_OFFICER]


def test_a_role_holds_below_its_organ(cast: Cast) -> None:
    stage = cast.stage
    assert cast.li.has_role(Role.CHIEF, stage.baishajing)
    assert not cast.li.has_role(Role.CHIEF, stage.changsha)
    assert not cast.li.has_role(Role.CHIEF, stage.yuanhui)
    assert cast.li.has_role({Role.CLERK, Role.CHIEF}, stage.tianxin)
    assert cast.zhao.sees(stage.pozijie) and not cast.zhao.sees(stage.chengnanlu)


def test_two_posts_are_seen_together(cast: Cast) -> None:
    Post.objects.create(
        user=cast.zhao, organ=cast.stage.laojie, role=Role.INSPECTOR, since=clock.now()
    )
    assert set(Organ.objects.visible_to(cast.zhao)) == {cast.stage.pozijie, cast.stage.laojie}
