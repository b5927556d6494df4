"""The pages of the administrators and of the roster; passwords."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from hudun.core.action import Actor
from hudun.core.clock import now
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ, Post, Role, User
from hudun.core.testing import PASSWORD, Cast, give_password
from hudun.office.actions import set_password
from hudun.office.models import Shift

pytestmark = pytest.mark.django_db


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def appointment(user: User, organ: Organ, role: Role) -> dict[str, str]:
    return {"organ": str(organ.pk), "user": str(user.pk), "role": role, "until": ""}


def test_the_security_administrator_appoints_on_a_page(cast: Cast) -> None:
    client = logged_in(cast.anguan)
    data = appointment(cast.zhang, cast.stage.tianxin, Role.DUTY_OFFICER)
    assert "任职</h1>" in client.get("/office/posts/new/").content.decode()
    answer = client.post("/office/posts/new/", data)
    assert answer.status_code == 302, answer.content.decode()
    post = Post.objects.get(user=cast.zhang, role=Role.DUTY_OFFICER)
    assert (post.until, post.since <= now()) == (None, True)
    page = client.get(answer["Location"]).content.decode()
    assert "张科员" in page and "免职" in page


def test_an_appointment_that_must_not_be_says_why_and_keeps_what_was_chosen(cast: Cast) -> None:
    data = appointment(cast.zhang, cast.stage.tianxin, Role.AUDITOR)
    answer = logged_in(cast.anguan).post("/office/posts/new/", data)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "三者分立" in text and f'value="{Role.AUDITOR}" selected' in text


@pytest.mark.parametrize("who", ["li", "xiguan", "shenji"])
def test_nobody_else_appoints(cast: Cast, who: str) -> None:
    data = appointment(cast.zhang, cast.stage.tianxin, Role.DUTY_OFFICER)
    assert logged_in(getattr(cast, who)).post("/office/posts/new/", data).status_code == 403


def test_a_dismissal_is_one_press(cast: Cast) -> None:
    post = cast.zhang.posts.get()
    answer = logged_in(cast.anguan).post(f"/office/posts/{post.pk}/do/dismiss/")
    assert answer.status_code == 302
    assert not cast.zhang.posts.current().exists()
    assert logged_in(cast.qian).get(f"/office/posts/{post.pk}/").status_code == 404


def test_a_shift_is_planned_in_beijing_time(cast: Cast) -> None:
    data = {
        "organ": str(cast.stage.tianxin.pk),
        "person": str(cast.wang.pk),
        "kind": "duty",
        "begins": "2026-11-01T08:00",
        "ends": "2026-11-02T08:00",
        "note": "",
    }
    client = logged_in(cast.li)
    answer = client.post("/office/shifts/new/", data)
    assert answer.status_code == 302, answer.content.decode()
    assert Shift.objects.get().begins.isoformat() == "2026-11-01T00:00:00+00:00"
    assert "2026-11-01 08:00" in client.get("/office/shifts/").content.decode()
    form = client.get(answer["Location"] + "edit/").content.decode()
    assert 'value="2026-11-01T08:00"' in form
    again = client.post("/office/shifts/new/", data)
    assert again.status_code == 409 and "已有值班" in again.content.decode()


def test_a_lost_password_is_made_anew_and_shown_once(cast: Cast) -> None:
    client = logged_in(cast.xiguan)
    answer = client.post(f"/office/people/{cast.zhang.pk}/password/")
    found = re.search(r"<code>(.+)</code>", answer.content.decode())
    assert found and User.objects.get(pk=cast.zhang.pk).check_password(found[1])
    assert "no-store" in answer["Cache-Control"]
    assert found[1] not in JournalLine.objects.get(verb="people.set_password").body


@pytest.mark.parametrize(
    ("who", "whose", "status"),
    [("li", "zhang", 403), ("xiguan", "qian", 404), ("xiguan", "anguan", 403)],
)
def test_whose_password_may_not_be_set_from_a_page(
    cast: Cast, who: str, whose: str, status: int
) -> None:
    person: User = getattr(cast, whose)
    answer = logged_in(getattr(cast, who)).post(f"/office/people/{person.pk}/password/")
    assert answer.status_code == status
    assert not User.objects.get(pk=person.pk).has_usable_password()


def test_the_other_administrators_get_theirs_at_the_server(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Problem, match=r"403\.21"):
        set_password(cast.actor("xiguan"), cast.shenji, password=PASSWORD)
    call_command("set_password", "shenji")
    password = capsys.readouterr().out.strip().split("\t")[2]
    assert User.objects.get(pk=cast.shenji.pk).check_password(password)
    assert JournalLine.objects.get().content["source"] == "cli"


def test_one_changes_ones_own_password_and_stays_logged_in(cast: Cast) -> None:
    client = logged_in(give_password(cast.zhang))
    wrong = client.post("/office/password/", passwords("nonsense", "Quiet-River-88"))
    assert wrong.status_code == 422 and "原密码不对" in wrong.content.decode()
    weak = client.post("/office/password/", passwords(PASSWORD, "12345678901"))
    assert weak.status_code == 422 and "Quiet" not in weak.content.decode()
    done = client.post("/office/password/", passwords(PASSWORD, "Quiet-River-88"))
    assert done["Location"] == "/account/"
    assert "修改密码" in client.get("/account/").content.decode()
    assert User.objects.get(pk=cast.zhang.pk).check_password("Quiet-River-88")


def passwords(old: str, new: str) -> dict[str, str]:
    return {"old": old, "new": new, "again": new}


def test_a_new_account_logs_in_only_once_it_has_a_password(cast: Cast) -> None:
    data = {
        "organ": str(cast.stage.tianxin.pk),
        "username": "sun",
        "full_name": "孙新人",
        "phone": "",
    }
    assert logged_in(cast.xiguan).post("/office/people/new/", data).status_code == 302
    user = User.objects.get(username="sun")
    assert not user.has_usable_password()
    set_password(Actor(cast.xiguan), user, password=PASSWORD)
    answer = Client().post("/login/", {"username": "sun", "password": PASSWORD})
    assert answer.status_code == 302
