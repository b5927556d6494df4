"""/r/<secret>/: one notice, nothing else, no account; every use a line of the journal."""

import io
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.links import LENGTH, PLACE, digest_of, secret_of
from hudun.affairs.inspections.models import Hazard, Notice, Reply
from hudun.assets.sirens.actions import register_siren
from hudun.core import clock
from hudun.core.attachment.models import Attachment
from hudun.core.identity import new_id
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import verify
from hudun.core.notice.carry import full_text
from hudun.core.notice.models import Message
from hudun.core.plate import Plate
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    cache.clear()


@pytest.fixture
def notice(cast: Cast) -> Notice:
    """Two hazards of one thing, in one paper."""
    li, site = cast.actor("li"), cast.stage.baishajing
    thing = register_siren(
        li, site, number=7, name="白沙井", kind="electronic",
        upkeep_name="某物业公司", upkeep_keeper="刘管家", upkeep_phone="0731-85551234",
    )  # fmt: skip
    plate = Plate.objects.of(thing).get()
    found = [
        actions.raise_hazard(li, site, plate, kind=kind, grade="一般", detail=f"{kind}一处")
        for kind in ("渗漏水", "胶条脱落")
    ]
    return actions.issue_notice(li, plate, found)


@pytest.fixture
def address(notice: Notice) -> str:
    return f"/r/{secret_of(notice)}/"


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return SimpleUploadedFile("after.jpg", out.getvalue(), "image/jpeg")


def send(address: str, hazard: Hazard, **given: Any) -> Any:
    data = {"token": str(new_id()), "text": "已重新抹灰", **given}
    return Client().post(f"{address}{hazard.pk}/", data)


def first(notice: Notice) -> Hazard:
    found = notice.hazards.order_by("found_at", "pk").first()
    assert found is not None
    return found


def test_the_secret_is_long_and_only_its_digest_is_kept(notice: Notice, address: str) -> None:
    secret = secret_of(notice)
    assert LENGTH * 6 >= 128 and len(secret) == LENGTH
    assert notice.link_digest == digest_of(secret)
    messages = Message.objects.filter(about_id=str(notice.pk))
    assert any(PLACE in message.text for message in messages)
    kept = [str(message.text) for message in messages]
    kept += list(JournalLine.objects.values_list("body", flat=True))
    assert not any(secret in text for text in kept)
    assert digest_of(secret) not in "".join(kept)
    to_unit = messages.get(text__contains=PLACE)
    assert f"{address}\n" in full_text(to_unit), "it is put in when it is sent"


def test_the_page_shows_this_notice_and_nothing_else(notice: Notice, address: str) -> None:
    answer = Client().get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "渗漏水" in page and "胶条脱落" in page and notice.addressee in page
    for other in ("刘管家", "85551234", "李科长", "/inspections/", "/sirens/"):
        assert other not in page
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "no-store"
    assert "http" not in page.replace("http://www.w3.org", ""), "nothing leads elsewhere"


def test_an_answer_with_photos_needs_no_account(notice: Notice, address: str, cast: Cast) -> None:
    hazard = first(notice)
    page = send(address, hazard, photos=[picture(), picture()])
    assert page.status_code == 200
    assert "已收到" in page.content.decode()
    hazard.refresh_from_db()
    assert (hazard.state, hazard.holder_organ) == ("replied", cast.stage.tianxin)
    reply = Reply.objects.get()
    assert (reply.text, reply.person, reply.by) == ("已重新抹灰", None, "短链接")
    assert Attachment.objects.about(reply).count() == 2
    verbs = JournalLine.objects.filter(verb__in=["inspections.open_link", "inspections.answer"])
    assert verbs.count() == 2
    assert "127.0.0.1" not in "".join(verbs.values_list("body", flat=True))
    assert verify(cast.stage.tianxin) == []


def test_pressing_twice_answers_once(notice: Notice, address: str) -> None:
    token = str(new_id())
    for _ in range(2):
        assert send(address, first(notice), token=token, photos=[picture()]).status_code == 200
    assert Reply.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_typed_text_survives_an_error(notice: Notice, address: str) -> None:
    bad = SimpleUploadedFile("x.png", b"<script>alert(1)</script>", "image/png")
    page = send(address, first(notice), text="写了很久的情况", photos=[picture(), bad])
    words = page.content.decode()
    assert page.status_code == 415
    assert "写了很久的情况" in words and "第 2 张照片" in words and "415.1" in words
    assert not Reply.objects.exists()
    assert first(notice).state == "noticed"
    empty = send(address, first(notice), text="  ")
    assert empty.status_code == 422
    many = send(address, first(notice), text="多", photos=[picture() for _ in range(7)])
    assert (many.status_code, Reply.objects.count()) == (422, 0)


def test_a_hazard_of_another_notice_is_not_reached(
    notice: Notice, address: str, cast: Cast
) -> None:
    other = actions.raise_hazard(
        cast.actor("li"), notice.organ, notice.plate, kind="杂物", grade="一般"
    )
    actions.notify(cast.actor("li"), other)
    assert send(address, other).status_code == 404
    assert "杂物" not in Client().get(address).content.decode()


def test_withdrawn_expired_and_finished_links_are_closed(
    notice: Notice, address: str, cast: Cast
) -> None:
    with clock.frozen(clock.now() + timedelta(days=400)):
        page = Client().get(address)
        assert page.status_code == 410 and "已到期" in page.content.decode()
    actions.withdraw_link(cast.actor("li").because("发错了群"), notice)
    page = Client().get(address)
    assert page.status_code == 410 and "已被撤回" in page.content.decode()
    assert send(address, first(notice)).status_code == 410
    actions.renew_link(cast.actor("li").because("重发"), notice)
    assert Client().get(address).status_code == 404, "the old one opens nothing"
    notice.refresh_from_db()
    fresh = f"/r/{secret_of(notice)}/"
    assert Client().get(fresh).status_code == 200
    for hazard in notice.hazards.all():
        actions.close_hazard(cast.actor("li").because("现场看过"), hazard)
    assert "已用完" in Client().get(fresh).content.decode()


def test_guessing_is_slowed_down(notice: Notice, address: str) -> None:
    wrong = [Client().get(f"/r/{'x' * LENGTH}/").status_code for _ in range(22)]
    assert wrong[:20] == [404] * 20
    assert wrong[20:] == [429, 429]


def test_opening_without_end_is_slowed_down(
    notice: Notice, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hudun.desks.public.replies.OPENINGS_AN_HOUR", 3)
    assert [Client().get(address).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert Client().get(address).status_code == 200


def test_the_secret_is_in_no_log(
    notice: Notice, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        Client().get(address)
        send(address, first(notice), text="")
    assert secret_of(notice) not in caplog.text


def test_other_methods(address: str, notice: Notice) -> None:
    assert Client().post(address).status_code == 405
    assert Client().get(f"{address}{first(notice).pk}/").status_code == 405


def test_who_may_show_and_withdraw_the_link(notice: Notice, cast: Cast) -> None:
    assert actions.show_link(cast.actor("zhang"), notice).endswith(f"/r/{secret_of(notice)}/")
    for name, number in (("zhao", "403.1"), ("shenji", "403.1"), ("qian", "404.1")):
        with pytest.raises(Exception, match=rf"{number}|404\.1"):
            actions.show_link(cast.actor(name), notice)
    assert JournalLine.objects.filter(verb="inspections.show_link").count() == 1
