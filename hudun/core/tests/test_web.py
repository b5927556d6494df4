"""What a person meets at the door and when something goes wrong: numbered, and nothing lost."""

import json

import pytest
from django.conf import settings as conf
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_POST
from pytest_django import Settings

from hudun.core.error import Problem
from hudun.core.testing import PASSWORD, Cast, give_password
from hudun.core.web import actor_of, keep_session

pytestmark = pytest.mark.django_db


def who(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return HttpResponse(f"{actor} {actor.source} {actor.device}")


def stuck(request: HttpRequest) -> HttpResponse:
    raise Problem("409.3", what_exists="甲", fields={"name": "重复"})


def outage(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection")


def bug(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def watch(request: HttpRequest) -> HttpResponse:
    keep_session(request)
    return HttpResponse()


urlpatterns = [
    path("who/", who),
    path("api/who/", who),
    path("stuck/", stuck),
    path("api/stuck/", stuck),
    path("outage/", outage),
    path("bug/", bug),
    path("watch/", watch),
    path("post/", require_POST(who)),
    path("open/", login_not_required(lambda request: HttpResponse("open"))),
    path("", include(conf.ROOT_URLCONF)),
]
handler404 = "hudun.core.web.page_not_found"
handler500 = "hudun.core.web.server_error"


@pytest.fixture(autouse=True)
def pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def li(cast: Cast, client: Client) -> Client:
    client.force_login(cast.li)
    return client


def test_a_page_asks_for_log_in_unless_it_says_otherwise(client: Client) -> None:
    assert client.get("/who/").headers["Location"] == "/login/?next=/who/"
    assert client.get("/open/").status_code == 200


def test_what_was_typed_after_the_session_ended_is_handed_back(client: Client) -> None:
    answer = client.post("/who/", {"name": "书院路值守点", "password": "secret-word"})
    assert answer.status_code == 401
    assert "书院路值守点" in answer.content.decode()
    assert "secret-word" not in answer.content.decode()


def test_the_actor_is_the_person_with_their_device(li: Client) -> None:
    answer = li.get("/who/", headers={"user-agent": "Firefox"})
    assert answer.content.decode() == "李科长 web 127.0.0.1 Firefox"
    assert "李科长 api" in li.get("/api/who/").content.decode()


def test_a_problem_is_a_page_for_people(li: Client) -> None:
    answer = li.post("/stuck/", {"name": "甲乙"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "409.3" in text and "已有相同的记录" in text and "甲乙" in text


def test_a_problem_is_json_for_programs(li: Client) -> None:
    answer = li.get("/api/stuck/")
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert (body["status"], body["number"], body["fields"]) == (409, "409.3", {"name": "重复"})


def test_a_problem_is_a_fragment_beside_the_form_for_htmx(li: Client) -> None:
    answer = li.post("/stuck/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Retarget"] == "#problem"
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    ("url", "status", "number"),
    [("/nowhere/", 404, "404.0"), ("/outage/", 503, "503.1"), ("/bug/", 500, "500.0")],
)
def test_every_failure_has_its_number(li: Client, url: str, status: int, number: str) -> None:
    li.raise_request_exception = False
    answer = li.get(url)
    assert answer.status_code == status
    assert number in answer.content.decode()


def test_a_wrong_method_is_405(li: Client) -> None:
    answer = li.get("/post/")
    assert answer.status_code == 405 and "405.0" in answer.content.decode()


def test_a_forged_form_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.li)
    answer = strict.post("/who/", {"name": "x"})
    assert answer.status_code == 403 and "403.2" in answer.content.decode()


def log_in(client: Client, password: str, address: str = "10.0.0.1") -> tuple[int, str]:
    fields = {"username": "wang", "password": password}
    answer = client.post("/login/", fields, REMOTE_ADDR=address)
    return answer.status_code, answer.content.decode()


def test_five_wrong_passwords_lock_this_computer_and_no_other(cast: Cast, client: Client) -> None:
    give_password(cast.wang)
    answers = [log_in(client, "wrong") for _ in range(5)]
    status, text = answers[-1]
    assert status == 429 and "429.1" in text and "15 分钟" in text
    assert log_in(client, PASSWORD)[0] == 429
    assert log_in(client, PASSWORD, "10.0.0.2")[0] == 302


def test_a_stopped_account_does_not_get_in(cast: Cast, client: Client) -> None:
    give_password(cast.wang)
    cast.wang.is_active = False
    cast.wang.save(update_fields=["is_active"])
    assert log_in(client, PASSWORD)[0] == 200


def test_the_session_ends_after_half_an_hour_but_not_at_the_duty_desk(li: Client) -> None:
    li.get("/who/")
    assert li.session.get_expiry_age() <= 30 * 60
    li.get("/watch/")
    assert li.session.get_expiry_age() == conf.DUTY_SESSION_AGE


def test_nothing_from_elsewhere_may_run(li: Client) -> None:
    policy = li.get("/who/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";" and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
