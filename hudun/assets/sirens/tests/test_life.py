"""From plan to removal: who may move a siren on, what it counts as, what is written down."""

from typing import Any

import pytest

from hudun.assets.sirens import actions
from hudun.assets.sirens.facts import REGISTER
from hudun.assets.sirens.flow import SirenFlow
from hudun.assets.sirens.models import Siren
from hudun.core.action import Action
from hudun.core.error import Problem
from hudun.core.fact import ask
from hudun.core.journal.models import JournalLine
from hudun.core.testing import Cast

from .conftest import Login, MakeSiren

pytestmark = pytest.mark.django_db


def refused(action: Action[Any, ..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Problem) as problem:
        action(*args, **kwargs)
    return problem.value.number


def test_planned_siren_is_not_on_the_register(siren: Siren) -> None:
    assert siren.state == "planned"
    assert not Siren.objects.standing().exists()


def test_the_watch_reports_a_fault_and_staff_mend_it(cast: Cast, in_service: Siren) -> None:
    faulty = actions.mark_faulty(cast.actor("wang"), in_service, reason="功放自检不通过")
    assert (faulty.state, faulty.condition) == ("faulty", "功放自检不通过")
    assert refused(actions.start_repair, cast.actor("wang"), in_service) == "403.1"
    actions.start_repair(cast.actor("zhang"), in_service)
    mended = actions.restore(cast.actor("zhang"), in_service, reason="更换功放")
    assert mended.state == "in_service"
    verbs = list(JournalLine.objects.of(in_service).values_list("verb", flat=True))[:3]
    assert verbs == ["sirens.restore", "sirens.start_repair", "sirens.mark_faulty"]


def test_removal_needs_the_directors_approval(cast: Cast, in_service: Siren) -> None:
    """人民防空法 §35."""
    assert refused(actions.remove, cast.actor("li"), in_service, reason="楼要拆") == "409.1"
    paper: Any = {"removal_document": "天防办〔2026〕7号", "reason": "楼要拆"}
    assert refused(actions.approve_removal, cast.actor("li"), in_service, **paper) == "403.1"
    actions.approve_removal(cast.actor("zhou"), in_service, **paper)
    assert in_service in Siren.objects.standing()
    removed = actions.remove(cast.actor("li").because("已拆除，设备入库"), in_service)
    assert removed not in Siren.objects.standing()
    assert SirenFlow.moves_from(removed.state) == []


def test_removed_siren_has_no_key(cast: Cast, in_service: Siren) -> None:
    actions.bind_terminal_key(cast.actor("li").because("装机"), in_service, terminal_key="ab" * 32)
    actions.approve_removal(
        cast.actor("zhou").because("楼要拆"), in_service, removal_document="7号"
    )
    actions.remove(cast.actor("li").because("已拆除"), in_service)
    in_service.refresh_from_db()
    assert in_service.terminal_key is None


def test_working_rate_opens_to_the_sirens_behind_it(
    cast: Cast, in_service: Siren, make_siren: MakeSiren, login: Login
) -> None:
    broken = actions.install(cast.actor("li"), make_siren(2, organ=cast.stage.chengnanlu))
    make_siren(3)
    rate = ask("sirens.working", cast.stage.tianxin)
    assert (rate.number, rate.denominator, rate.shown) == (1, 2, "50 %（1/2）")
    assert rate.outside is not None
    assert list(rate.outside) == [broken]
    assert ask("sirens.count", cast.stage.tianxin).number == 2
    assert ask("sirens.count", cast.stage.tianxin, kind="motor").number == 0
    assert ask("sirens.count", cast.stage.tianxin, street=cast.stage.chengnanlu).number == 1
    assert ask("sirens.working", cast.stage.yuanhui).shown == "—"
    for url, numbers in ((rate.url, [1]), (REGISTER, [1, 2])):
        rows = login("li").get(url.replace("/sirens/", "/sirens/list.json")).json()["results"]
        assert [row["number"] for row in rows] == numbers


def test_button_moves_and_says_so(login: Login, in_service: Siren) -> None:
    page = login("wang").post(
        f"/sirens/{in_service.pk}/do/mark_faulty/", {"mark_faulty-reason": "无输出"}, follow=True
    )
    assert "已办理：报故障" in page.content.decode()
    in_service.refresh_from_db()
    assert in_service.state == "faulty"


def test_button_without_reason_gives_the_form_back(login: Login, in_service: Siren) -> None:
    page = login("wang").post(f"/sirens/{in_service.pk}/do/mark_faulty/", {})
    assert page.status_code == 422
    assert "这个字段是必填项" in page.content.decode()


def test_button_out_of_turn(login: Login, siren: Siren) -> None:
    page = login("wang").post(
        f"/sirens/{siren.pk}/do/mark_faulty/", {"mark_faulty-reason": "无输出"}
    )
    assert page.status_code == 409


def test_button_rights(login: Login, in_service: Siren) -> None:
    url = f"/sirens/{in_service.pk}/do/approve_removal/"
    assert login("zhang").post(url, {}).status_code == 403
    assert login("qian").post(url, {}).status_code == 404
    assert login("zhou").get(url).status_code == 405
    assert login("zhou").post(url.replace("approve", "prove"), {}).status_code == 404


def test_only_own_buttons_are_shown(login: Login, in_service: Siren) -> None:
    def shown(name: str) -> str:
        return login(name).get(f"/sirens/{in_service.pk}/").content.decode()

    assert "报故障" in shown("wang")
    assert "do-approve_removal" not in shown("wang")
    assert "do-approve_removal" in shown("zhou")
    assert "do-mark_faulty" not in shown("shenji")
