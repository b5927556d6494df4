"""An action is checked, done and written down as one thing, or not at all."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from hudun.core.action import Act, Action, Actor, action, actions, actions_for, together
from hudun.core.error import Problem
from hudun.core.flow import Flow, State, move
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ, OrganKind, Post, Role, User
from hudun.core.outbox.models import Event
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db


class LampFlow(Flow):
    column = "contact"  # any text column will do as a state
    states = {
        "": State("未装", "secondary", "circle"),
        "on": State("在用", "green", "circle-check"),
        "gone": State("拆除", "red", "circle-x", final=True),
    }
    install = move("", "install", "on", roles={Role.CHIEF}, label="安装", days=5)
    remove = move("on", "remove", "gone", roles={Role.CHIEF, Role.DIRECTOR}, label="拆除")


@pytest.fixture(autouse=True)
def own_actions() -> Iterator[None]:
    known = dict(actions)
    yield
    actions.clear()
    actions.update(known)


def rename_action() -> Action[Organ, ..., Organ]:
    @action("test.rename", label="改名", roles={Role.CLERK, Role.CHIEF})
    def rename(act: Act, organ: Organ, name: str) -> Organ:
        organ.name = name
        organ.save(update_fields=["name"])
        act.emit("test.renamed", {"id": organ.id})
        act.note(words=len(name))
        return organ

    return rename


def found_action() -> Action[Organ, ..., Organ]:
    @action("test.found", label="新建", roles={Role.CLERK})
    def found(act: Act, organ: Organ, name: str) -> Organ:
        return Organ.objects.plant(OrganKind.UNIT, name, parent=organ)

    return found


def install_action() -> Action[Organ, ..., None]:
    @action("test.install", moves=LampFlow.install)
    def install(act: Act, organ: Organ) -> None:
        act.note(seen=organ.contact)

    return install


def refusal(number: str, work: Callable[..., object], *args: object, **kwargs: object) -> Problem:
    with pytest.raises(Problem) as caught:
        work(*args, **kwargs)
    assert caught.value.number == number
    return caught.value


def test_it_works_and_leaves_one_line_with_before_and_after(cast: Cast) -> None:
    rename_action()(cast.actor("zhang"), cast.stage.pozijie, name="坡子街", reason="换牌子")
    line = JournalLine.objects.get()
    assert Organ.objects.get(pk=cast.stage.pozijie.pk).name == "坡子街"
    assert line.content["changes"] == {"name": ["坡子街街道", "坡子街"]}
    assert line.content["reason"] == "换牌子"
    assert line.content["note"] == {"words": 3}
    assert (line.person, line.organ, line.chain) == (cast.zhang, cast.stage.pozijie, "430103")
    assert line in JournalLine.objects.of(cast.stage.pozijie)


def test_its_event_is_in_the_outbox(cast: Cast) -> None:
    rename_action()(cast.actor("zhang"), cast.stage.pozijie, name="坡子街")
    event = Event.objects.get()
    assert (event.name, event.payload) == ("test.renamed", {"id": str(cast.stage.pozijie.pk)})


def test_another_district_does_not_exist(cast: Cast) -> None:
    problem = refusal(
        "404.1", rename_action(), cast.actor("qian"), cast.stage.pozijie, name="源汇区的"
    )
    assert problem.status == 404
    assert not JournalLine.objects.exists()


def test_the_wrong_role_is_told_who_may(cast: Cast) -> None:
    problem = refusal("403.1", rename_action(), cast.actor("zhou"), cast.stage.pozijie, name="x")
    assert "改名" in problem.what and "科长、科员" in problem.todo


def test_a_post_below_does_not_reach_up(cast: Cast) -> None:
    refusal("404.1", rename_action(), cast.actor("zhao"), cast.stage.tianxin, name="x")


def test_a_dismissed_person_may_no_longer(cast: Cast) -> None:
    actor = cast.actor("zhang")
    assert cast.zhang.held  # the page was opened before the dismissal
    cast.zhang.posts.update(until=cast.zhang.posts.get().since)
    refusal("404.1", rename_action(), actor, cast.stage.pozijie, name="x")


def test_a_stopped_account_may_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.zhang.pk).update(is_active=False)
    cast.zhang.refresh_from_db()
    refusal("403.3", rename_action(), cast.actor("zhang"), cast.stage.pozijie, name="x")


def test_what_fails_leaves_nothing(cast: Cast) -> None:
    @action("test.broken", label="出错", roles={Role.CLERK})
    def broken(act: Act, organ: Organ) -> None:
        act.emit("test.never", {})
        organ.name = "半途"
        organ.save(update_fields=["name"])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken(cast.actor("zhang"), cast.stage.pozijie)
    assert Organ.objects.get(pk=cast.stage.pozijie.pk).name == "坡子街街道"
    assert not JournalLine.objects.exists()
    assert not Event.objects.exists()


def test_the_line_of_a_made_object_names_it_and_not_its_organ(cast: Cast) -> None:
    unit = found_action()(cast.actor("zhang"), cast.stage.baishajing, name="某物业公司")
    line = JournalLine.objects.of(unit).get()
    assert line.content["changes"]["name"] == [None, "某物业公司"]
    assert line.organ == cast.stage.baishajing


def test_other_records_that_changed_are_named(cast: Cast) -> None:
    @action("test.swap", label="对换", roles={Role.CLERK})
    def swap(act: Act, organ: Organ, other: Organ) -> None:
        other.phone = "110"
        other.save(update_fields=["phone"])
        act.changed(other)

    other = Organ.objects.get(pk=cast.stage.chengnanlu.pk)
    swap(cast.actor("zhang"), cast.stage.pozijie, other)
    also = JournalLine.objects.get().content["also"]
    assert [(each["label"], each["changes"]) for each in also] == [
        ("城南路街道", {"phone": ["", "110"]})
    ]


def test_a_password_never_reaches_the_journal(cast: Cast) -> None:
    @action("test.password", label="改密码", roles={Role.SYSTEM_ADMIN})
    def set_password(act: Act, user: User, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    set_password(cast.actor("xiguan"), cast.zhang, password="一句很长的口令")
    line = JournalLine.objects.get()
    assert "argon2" not in line.body and "口令" not in line.body
    assert list(line.content["changes"]) == ["password"]


def test_a_move_changes_the_state_and_shows_it(cast: Cast) -> None:
    install_action()(cast.actor("li"), cast.stage.pozijie)
    content = JournalLine.objects.get().content
    assert Organ.objects.get(pk=cast.stage.pozijie.pk).contact == "on"
    assert content["changes"] == {"contact": ["", "on"]}
    assert content["note"] == {"seen": "on"}


def test_a_move_from_the_wrong_state_says_the_state(cast: Cast) -> None:
    install = install_action()
    install(cast.actor("li"), cast.stage.pozijie)
    problem = refusal("409.1", install, cast.actor("li"), cast.stage.pozijie)
    assert "在用" in problem.what and "安装" in problem.what
    assert JournalLine.objects.count() == 1


def test_an_old_page_cannot_repeat_a_move(cast: Cast) -> None:
    old_page = Organ.objects.get(pk=cast.stage.pozijie.pk)
    install = install_action()
    install(cast.actor("li"), cast.stage.pozijie)
    assert old_page.contact == ""
    refusal("409.1", install, cast.actor("li"), old_page)


def test_buttons_follow_state_and_role(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    install = install_action()
    monkeypatch.setattr(Organ, "flow", LampFlow, raising=False)
    assert actions_for(cast.stage.pozijie, cast.li) == [install]
    assert actions_for(cast.stage.pozijie, cast.zhang) == []
    assert install.allowed(cast.actor("li"), cast.stage.pozijie)
    assert not install.allowed(cast.actor("qian"), cast.stage.pozijie)


def test_a_missing_reason_is_asked_for(cast: Cast) -> None:
    @action("test.void", label="作废", roles={Role.CHIEF}, needs_reason=True)
    def void(act: Act, organ: Organ) -> str:
        return act.reason

    problem = refusal("422.1", void, cast.actor("li"), cast.stage.pozijie, reason="  ")
    assert "reason" in problem.fields
    assert void(cast.actor("li").because("重复"), cast.stage.pozijie) == "重复"


def test_the_system_acts_below_its_organ_only(cast: Cast) -> None:
    rename = rename_action()
    rename(Actor.system(cast.stage.tianxin), cast.stage.pozijie, name="甲")
    refusal("404.1", rename, Actor.system(cast.stage.yuanhui), cast.stage.pozijie, name="乙")
    rename(Actor.system(), cast.stage.pozijie, name="丙")
    assert [line.content["who"] for line in JournalLine.objects.order_by("seq")] == ["系统", "系统"]


def test_an_action_in_an_action_writes_its_own_line(cast: Cast) -> None:
    rename = rename_action()

    @action("test.both", label="都改", roles={Role.CLERK})
    def both(act: Act, organ: Organ) -> None:
        for child in organ.children.all():
            rename(act.actor, child, name=f"新{child.name}")

    both(cast.actor("zhang"), cast.stage.tianxin)
    verbs = list(JournalLine.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["test.rename", "test.rename", "test.both"]


def test_one_bad_row_leaves_the_good_ones(cast: Cast) -> None:
    rename = rename_action()
    with together():
        for organ in (cast.stage.pozijie, cast.stage.laojie, cast.stage.chengnanlu):
            try:
                rename(cast.actor("zhang"), organ, name="好")
            except Problem as problem:
                assert problem.number == "404.1"
    assert list(JournalLine.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
    assert Organ.objects.filter(name="好").count() == 2


def test_a_row_deleted_meanwhile_is_not_found(cast: Cast) -> None:
    unit = found_action()(cast.actor("zhang"), cast.stage.pozijie, name="短命")
    Organ.objects.filter(pk=unit.pk)._raw_delete("default")
    refusal("404.1", rename_action(), cast.actor("zhang"), unit, name="x")


def test_two_actions_of_one_name_are_refused() -> None:
    rename_action()
    with pytest.raises(ValueError, match=r"test\.rename"):
        rename_action()


def test_inside_a_broken_transaction_nothing_stays(cast: Cast) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        rename_action()(cast.actor("zhang"), cast.stage.pozijie, name="x")
        raise RuntimeError
    assert not JournalLine.objects.exists()


def test_within_one_transaction_rights_are_asked_once_and_again_after_a_change(cast: Cast) -> None:
    """What is remembered is forgotten when an action touches an organ, a post or a person."""
    rename, organ = rename_action(), cast.stage.pozijie

    @action("test.dismiss", roles={Role.CLERK})
    def dismiss(_act: Act, post: Post) -> Post:
        post.until = post.since
        post.save(update_fields=["until"])
        return post

    with pytest.raises(Problem) as caught, together():
        rename(cast.actor("zhang"), organ, name="一")
        assert rename(cast.actor("zhang"), organ, name="二").name == "二"
        dismiss(cast.actor("zhang"), Post.objects.get(user=cast.zhang))
        rename(cast.actor("zhang"), organ, name="三")
    assert caught.value.number == "404.1"
    assert Organ.objects.get(pk=organ.pk).name == "坡子街街道"
