"""Accounts and posts: who keeps them, and what excludes what."""

import pytest
from django.db import IntegrityError, transaction

from hudun.core.action import Actor
from hudun.core.clock import now
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ, Post, Role, User
from hudun.core.testing import PASSWORD, Cast, give_password
from hudun.office.actions import (
    appoint,
    change_own_password,
    create_user,
    dismiss,
    edit_user,
    set_password,
    stop_user,
)

pytestmark = pytest.mark.django_db


def new_person(cast: Cast, username: str = "sun") -> User:
    return create_user(
        cast.actor("xiguan"), cast.stage.tianxin, username=username, full_name="孙新人"
    )


def refused(number: str) -> "pytest.RaisesExc[Problem]":
    return pytest.raises(Problem, match=number.replace(".", r"\."))


def test_the_system_administrator_makes_accounts_and_nobody_else(cast: Cast) -> None:
    person = new_person(cast)
    assert not person.has_usable_password() and not person.held_now()
    with refused("409.22"):
        new_person(cast)
    with refused("403.1"):
        create_user(cast.actor("anguan"), cast.stage.tianxin, username="x", full_name="x")


def test_a_weak_password_is_refused_with_its_reason(cast: Cast) -> None:
    with refused("422.21") as caught:
        set_password(cast.actor("xiguan"), cast.zhang, password="12345678")
    assert "10" in caught.value.what


def test_everybody_changes_their_own_password_and_only_their_own(cast: Cast) -> None:
    give_password(cast.zhang)
    change_own_password(cast.actor("zhang"), cast.zhang, old=PASSWORD, new="Another-Word-77")
    assert User.objects.get(pk=cast.zhang.pk).check_password("Another-Word-77")
    with refused("422.21"):
        change_own_password(cast.actor("zhang"), cast.zhang, old=PASSWORD, new="Another-Word-78")
    with refused("403.1"):
        change_own_password(cast.actor("li"), cast.zhang, old=PASSWORD, new="Another-Word-78")


def test_an_edit_of_an_account_reaches_its_name_and_phone_only(cast: Cast) -> None:
    edit_user(cast.actor("xiguan"), cast.zhang, phone="13800000000")
    assert User.objects.get(pk=cast.zhang.pk).phone == "13800000000"
    with pytest.raises(TypeError, match="is_active"):
        edit_user(cast.actor("xiguan"), cast.zhang, is_active="")


def test_a_stopped_account_holds_nothing(cast: Cast) -> None:
    stop_user(cast.actor("xiguan").because("调离"), cast.zhang)
    assert User.objects.get(pk=cast.zhang.pk).held_now() == []


def test_a_post_is_given_and_taken(cast: Cast) -> None:
    person = new_person(cast)
    post = appoint(cast.actor("anguan"), cast.stage.pozijie, user=person, role=Role.INSPECTOR)
    assert User.objects.get(pk=person.pk).has_role(Role.INSPECTOR, cast.stage.pozijie)
    dismiss(cast.actor("anguan"), post)
    assert not User.objects.get(pk=person.pk).has_role(Role.INSPECTOR, cast.stage.pozijie)
    verbs = list(JournalLine.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["people.create", "posts.appoint", "posts.dismiss"]


@pytest.mark.parametrize("other", [Role.SECURITY_ADMIN, Role.AUDITOR, Role.CLERK])
def test_an_administrator_is_nothing_else(cast: Cast, other: Role) -> None:
    with refused("409.20") as caught:
        appoint(cast.actor("anguan"), cast.stage.pozijie, user=cast.xiguan, role=other)
    assert "系统管理员" in caught.value.todo


def test_a_clerk_does_not_become_an_administrator_beside(cast: Cast) -> None:
    with refused("409.20"):
        appoint(cast.actor("anguan"), cast.stage.tianxin, user=cast.zhang, role=Role.AUDITOR)


def test_after_dismissal_the_way_is_free(cast: Cast) -> None:
    dismiss(cast.actor("anguan"), cast.zhang.posts.get())
    appoint(cast.actor("anguan"), cast.stage.tianxin, user=cast.zhang, role=Role.AUDITOR)
    assert cast.zhang.posts.current().get().role == Role.AUDITOR


def test_the_database_too_keeps_the_administrators_apart(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            user=cast.xiguan, organ=cast.stage.pozijie, role=Role.AUDITOR, since=now()
        )


def test_trade_roles_may_be_held_together(cast: Cast) -> None:
    appoint(cast.actor("anguan"), cast.stage.tianxin, user=cast.zhang, role=Role.DUTY_OFFICER)
    with refused("409.21"):
        appoint(cast.actor("anguan"), cast.stage.tianxin, user=cast.zhang, role=Role.CLERK)


def test_nobody_appoints_or_dismisses_themselves(cast: Cast) -> None:
    with refused("403.20"):
        appoint(cast.actor("anguan"), cast.stage.tianxin, user=cast.anguan, role=Role.CLERK)
    with refused("403.20"):
        dismiss(cast.actor("anguan"), cast.anguan.posts.get())


def test_another_district_is_out_of_reach(cast: Cast) -> None:
    with refused("404.1"):
        appoint(cast.actor("anguan"), cast.stage.yuanhui, user=cast.zhang, role=Role.CLERK)
    with refused("404.1"):
        appoint(cast.actor("anguan"), cast.stage.tianxin, user=cast.qian, role=Role.CLERK)
    with refused("404.1"):
        set_password(cast.actor("xiguan"), cast.qian, password="Another-Word-77")


def test_what_a_person_sees_is_their_subtree(cast: Cast) -> None:
    def seen(user: User) -> set[Organ]:
        return set(Organ.objects.visible_to(user))

    stage = cast.stage
    assert seen(cast.zhao) == {stage.pozijie}
    assert seen(cast.li) == {stage.tianxin, stage.pozijie, stage.chengnanlu, stage.baishajing}
    assert seen(cast.qian) == {stage.yuanhui, stage.laojie}
    assert seen(new_person(cast)) == set()
    assert set(cast.li.organs()) == {stage.tianxin}


def test_the_system_may_appoint_the_first_ones(cast: Cast) -> None:
    person = new_person(cast)
    appoint(Actor.system(), cast.stage.tianxin, user=person, role=Role.DIRECTOR)
    assert person.posts.get().role == Role.DIRECTOR
