"""The pages that belong to no ledger: log-in, first page, account, clock, journal."""

from datetime import timedelta

import pytest
from django.test import Client

from hudun.core import clock, shell
from hudun.core.action import Act, action
from hudun.core.deadline.models import Deadline
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import Fault
from hudun.core.ledger.ledger import ledgers
from hudun.core.organ import Organ, Role, User
from hudun.core.testing import PASSWORD, Cast, give_password

pytestmark = pytest.mark.django_db


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def log_in(client: Client, username: str, password: str) -> int:
    data = {"username": username, "password": password}
    return client.post("/login/", data).status_code


def test_login_leads_to_the_page_that_was_asked_for(cast: Cast) -> None:
    give_password(cast.li)
    client = Client()
    asked = client.get("/account/")
    assert asked["Location"] == "/login/?next=/account/"
    data = {"username": "li", "password": PASSWORD, "next": "/account/"}
    assert client.post("/login/", data)["Location"] == "/account/"


def test_login_refuses_to_lead_elsewhere(cast: Cast) -> None:
    give_password(cast.li)
    data = {"username": "li", "password": PASSWORD, "next": "https://example.com/"}
    assert Client().post("/login/", data)["Location"] == "/"


def test_fifth_wrong_password_locks_and_says_for_how_long(cast: Cast) -> None:
    give_password(cast.li)
    client = Client()
    answer = client.post("/login/", {"username": "li", "password": "wrong"})
    assert "登录名或密码不对" in answer.content.decode()
    assert 'value="li"' in answer.content.decode(), "what was typed is lost"
    codes = [log_in(client, "li", "wrong") for _ in range(4)]
    assert codes[-1] == 429
    locked = client.post("/login/", {"username": "li", "password": PASSWORD})
    assert "已锁定 15 分钟" in locked.content.decode()


def test_logging_out_needs_a_post(cast: Cast) -> None:
    client = enter(cast.li)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/").status_code == 302


def test_theme_is_in_the_first_paint(cast: Cast) -> None:
    client = enter(cast.li)
    client.post("/account/theme/", {"theme": "dark", "next": "/account/"})
    assert 'data-bs-theme="dark"' in client.get("/account/").content.decode()
    answer = client.post("/account/theme/", {"theme": "auto", "next": "https://example.com/"})
    assert answer["Location"] == "/"
    assert "data-bs-theme" not in client.get("/account/").content.decode()
    assert client.get("/account/theme/").status_code == 405


def test_office_time_needs_no_cookie_and_starts_no_session() -> None:
    answer = Client().get("/time/")
    assert abs(answer.json()["now"] / 1000 - clock.now().timestamp()) < 5
    assert not answer.cookies


def test_account_shows_the_posts(cast: Cast) -> None:
    page = enter(cast.zhao).get("/account/").content.decode()
    assert "巡查员" in page
    assert "坡子街街道" in page


def test_page_that_is_not_there_says_what_to_do(cast: Cast) -> None:
    answer = enter(cast.li).get("/nothing/here/")
    assert answer.status_code == 404
    assert "404.0" in answer.content.decode()
    assert "怎么办" in answer.content.decode()


def due(cast: Cast, label: str, days: int) -> None:
    Deadline.objects.create(
        organ=cast.stage.tianxin, topic=label, label=label, object_type="x", object_id="1",
        due_at=clock.now() + timedelta(days=days),
    )  # fmt: skip


def test_first_page_shows_what_is_due_and_what_is_late(cast: Cast) -> None:
    due(cast, "发布公告", 3)
    due(cast, "上报总结", -1)
    page = enter(cast.li).get("/").content.decode()
    assert page.index("上报总结") < page.index("发布公告")
    assert "项已逾期" in page
    assert "上报总结" not in enter(cast.qian).get("/").content.decode()


def test_menu_shows_what_a_person_may_open(cast: Cast) -> None:
    journal = ledgers["journal"].url("list")
    assert journal in enter(cast.shenji).get("/").content.decode()
    assert journal not in enter(cast.wang).get("/").content.decode()
    assert enter(cast.wang).get(journal).status_code == 403


def test_menu_knows_where_one_is() -> None:
    def at(path: str) -> str:
        item = shell.current(list(shell._items.values()), path)
        return item.url_name if item else ""

    assert at("/journal/check/") == "journal-list"
    assert at("/") == "home"
    assert at("/journalism/") == ""


@action("test.views_rename", label="改组织名", roles={Role.CHIEF})
def rename(_act: Act, organ: Organ, name: str) -> Organ:
    organ.name = name
    organ.save(update_fields=["name"])
    return organ


def test_journal_is_searched_and_opened(cast: Cast) -> None:
    rename(cast.actor("li").because("更名批复"), cast.stage.pozijie, name="新坡子街街道")
    rename(cast.actor("li"), cast.stage.chengnanlu, name="新城南路街道")
    client = enter(cast.shenji)
    rows = {"HX-Target": "results"}
    found = client.get("/journal/?q=更名批复", headers=rows).content.decode()
    assert "改组织名" in found
    assert "新坡子街街道" in found
    assert "新城南路街道" not in found
    line = JournalLine.objects.get(object_id=cast.stage.pozijie.pk)
    assert line.hash in client.get(f"/journal/{line.pk}/").content.decode()
    assert enter(cast.qian).get(f"/journal/{line.pk}/").status_code == 404


def test_journal_takes_no_writing(cast: Cast) -> None:
    client = enter(cast.shenji)
    assert client.post("/journal/").status_code == 405
    assert client.get("/journal/new/").status_code == 404


def test_chain_is_checked_and_a_break_is_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rename(cast.actor("li"), cast.stage.pozijie, name="新坡子街街道")
    client = enter(cast.shenji)
    assert "1 行全部相连" in client.get("/journal/check/").content.decode()
    fault = Fault("430103", 1, "changed", "内容与摘要不符")
    monkeypatch.setattr("hudun.core.views.journal.verify", lambda office: [fault])
    assert "第 1 行：内容与摘要不符" in client.get("/journal/check/").content.decode()
    assert enter(cast.wang).get("/journal/check/").status_code == 403
