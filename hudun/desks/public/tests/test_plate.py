"""Who scans a plate sees what they may, and can say what is wrong."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hudun.affairs.inspections.models import Hazard
from hudun.affairs.tipoffs import actions
from hudun.affairs.tipoffs.models import Tipoff
from hudun.core import clock
from hudun.core.attachment.models import Attachment
from hudun.core.deadline.models import Deadline
from hudun.core.journal.models import JournalLine
from hudun.core.outbox.deliver import deliver_due
from hudun.core.outbox.models import Event
from hudun.core.plate import Plate
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db


def enter(person: Any = None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def report(plate: Plate, text: str = "防护门前堆满杂物", **more: Any) -> Any:
    return enter().post(plate.path, {"text": text, **more})


def test_the_public_sees_the_number_and_the_office_and_nothing_else(plate: Plate) -> None:
    answer = enter().get(plate.path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert plate.spaced_code in page
    assert "天心区人民防空办公室" in page
    assert "其他信息没有公开" in page
    assert "火宫殿" not in page
    assert "坡子街" not in page
    assert "/field/" not in page


def test_the_inspector_gets_the_form(cast: Cast, plate: Plate) -> None:
    page = enter(cast.zhao).get(plate.path).content.decode()
    assert f'href="/field/#/plate/{plate.code}"' in page
    assert "火宫殿" in page
    assert plate.page in page


def test_another_district_is_the_public(cast: Cast, plate: Plate) -> None:
    page = enter(cast.qian).get(plate.path).content.decode()
    assert "其他信息没有公开" in page
    assert "火宫殿" not in page


def test_a_code_read_by_eye_leads_to_the_plate(plate: Plate) -> None:
    answer = enter().get(f"/p/{plate.spaced_code.lower()}/")
    assert (answer.status_code, answer["Location"]) == (302, plate.path)


@pytest.mark.parametrize("code", ["000000000000", "x", "../../etc", "%00"])
def test_no_such_plate(plate: Plate, code: str) -> None:
    assert enter().get(f"/p/{code}/").status_code == 404


def test_a_withdrawn_plate_is_gone(cast: Cast, plate: Plate) -> None:
    plate.withdrawn_at = clock.now()
    plate.save(update_fields=["withdrawn_at"])
    answer = enter().get(plate.path)
    assert answer.status_code == 404
    assert "404.150" in answer.content.decode()
    assert report(plate).status_code == 404


def test_a_report_waits_for_the_office(plate: Plate) -> None:
    answer = report(plate)
    assert answer.status_code == 302
    assert "已收到" in enter().get(answer["Location"]).content.decode()
    tipoff = Tipoff.objects.get()
    assert (tipoff.text, tipoff.organ, tipoff.state) == (
        "防护门前堆满杂物",
        plate.organ,
        "received",
    )
    assert not Event.objects.filter(name="tipoffs.accepted").exists()
    assert Deadline.objects.of(tipoff).open().exists()
    line = JournalLine.objects.filter(verb="tipoffs.receive").get()
    assert "127.0.0.1" not in str(line.content), "no trace of the sender"
    assert "127.0.0.1" not in tipoff.origin


@pytest.mark.parametrize("text", ["", "   ", "长" * 1001])
def test_an_empty_or_endless_report_comes_back(plate: Plate, text: str) -> None:
    answer = report(plate, text)
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert not Tipoff.objects.exists()


def test_a_program_is_thanked_and_forgotten(plate: Plate) -> None:
    assert report(plate, website="http://spam.example").status_code == 302
    assert not Tipoff.objects.exists()


def test_one_address_may_not_flood(plate: Plate) -> None:
    for n in range(5):
        assert report(plate, f"第{n}次").status_code == 302
    answer = report(plate, "第六次")
    assert answer.status_code == 429
    assert "429.150" in answer.content.decode()
    assert "第六次" in answer.content.decode(), "nothing typed is lost"
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        assert report(plate, "一小时后").status_code == 302


def test_one_plate_may_not_be_flooded(plate: Plate) -> None:
    for n in range(20):
        enter().post(plate.path, {"text": f"{n}"}, REMOTE_ADDR=f"10.0.0.{n}")
    answer = enter().post(plate.path, {"text": "又一次"}, REMOTE_ADDR="10.0.1.1")
    assert answer.status_code == 429
    assert "429.151" in answer.content.decode()


def test_neighbours_in_one_ipv6_block_are_one_sender(plate: Plate) -> None:
    for n in range(5):
        enter().post(plate.path, {"text": "x"}, REMOTE_ADDR=f"2001:db8::{n}")
    assert enter().post(plate.path, {"text": "x"}, REMOTE_ADDR="2001:db8::ff").status_code == 429
    assert enter().post(plate.path, {"text": "x"}, REMOTE_ADDR="2001:db9::1").status_code == 302


def test_what_is_written_stays_text(cast: Cast, plate: Plate) -> None:
    report(plate, "<script>alert(1)</script>")
    tipoff = Tipoff.objects.get()
    page = enter(cast.li).get(f"/tipoffs/{tipoff.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_accepting_tells_whoever_listens(cast: Cast, plate: Plate) -> None:
    report(plate)
    tipoff = Tipoff.objects.get()
    url = f"/tipoffs/{tipoff.pk}/do/accept/"
    given = {"accept-answer": "已转坡子街街道清理", "accept-hazard_grade": "no"}
    answer = enter(cast.zhang).post(url, given)
    assert answer.status_code == 302
    tipoff.refresh_from_db()
    assert (tipoff.state, tipoff.answer) == ("accepted", "已转坡子街街道清理")
    event = Event.objects.get(name="tipoffs.accepted")
    assert event.payload["plate"] == str(plate.pk)
    assert not Deadline.objects.of(tipoff).open().exists()
    assert enter(cast.zhang).post(url, given).status_code == 409, "once only"


def picture(size: tuple[int, int] = (64, 48)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, "JPEG")
    return SimpleUploadedFile("照片.jpg", out.getvalue(), "image/jpeg")


def test_photos_come_along_byte_for_byte(cast: Cast, plate: Plate) -> None:
    sent = picture()
    content = sent.read()
    sent.seek(0)
    assert report(plate, photos=[sent, picture((32, 32))]).status_code == 302
    tipoff = Tipoff.objects.get()
    kept = list(Attachment.objects.about(tipoff))
    assert kept[0].sha256 == sha256(content).hexdigest()
    page = enter(cast.zhang).get(f"/tipoffs/{tipoff.pk}/").content.decode()
    assert f"/files/{kept[1].pk}/small/" in page
    assert enter().get(f"/files/{kept[0].pk}/").status_code == 302, "not for the public"


def test_four_photos_or_something_else_are_refused_and_the_text_stays(plate: Plate) -> None:
    four = report(plate, photos=[picture() for _ in range(4)])
    assert (four.status_code, "422.152" in four.content.decode()) == (422, True)
    script = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg")
    other = report(plate, photos=[script])
    assert other.status_code == 415
    assert "防护门前堆满杂物" in other.content.decode()
    assert not Tipoff.objects.exists()
    assert not Attachment.objects.exists()


def test_an_endless_body_is_not_read(plate: Plate) -> None:
    answer = enter().post(plate.path, {"text": "x"}, CONTENT_LENGTH=str(1 << 40))
    assert answer.status_code == 413


def test_a_graded_one_becomes_a_hazard_that_the_inspector_sees(cast: Cast, plate: Plate) -> None:
    report(plate)
    given = {"accept-answer": "属实", "accept-hazard_grade": "较大"}
    tipoff = Tipoff.objects.get()
    assert enter(cast.zhang).post(f"/tipoffs/{tipoff.pk}/do/accept/", given).status_code == 302
    deliver_due()
    hazard = Hazard.objects.get()
    assert (hazard.plate, hazard.grade, hazard.detail) == (plate, "较大", "防护门前堆满杂物")
    assert "群众反映（较大）" in enter(cast.zhao).get(plate.path).content.decode()
    assert "群众反映" not in enter().get(plate.path).content.decode()


def test_one_without_a_grade_makes_no_hazard(cast: Cast, plate: Plate) -> None:
    report(plate)
    actions.accept(cast.actor("zhang"), Tipoff.objects.get(), answer="已现场清理")
    deliver_due()
    assert not Hazard.objects.exists()


def test_rejecting_needs_a_reason_and_tells_nobody(cast: Cast, plate: Plate) -> None:
    report(plate)
    tipoff = Tipoff.objects.get()
    url = f"/tipoffs/{tipoff.pk}/do/reject/"
    assert enter(cast.zhang).post(url, {}).status_code == 422
    assert enter(cast.zhang).post(url, {"reject-reason": "重复"}).status_code == 302
    tipoff.refresh_from_db()
    assert (tipoff.state, tipoff.answer) == ("rejected", "重复")
    assert not Event.objects.filter(name="tipoffs.accepted").exists()


def test_only_the_office_moderates(cast: Cast, plate: Plate) -> None:
    report(plate)
    tipoff = Tipoff.objects.get()
    url = f"/tipoffs/{tipoff.pk}/do/accept/"
    given = {"accept-answer": "x", "accept-hazard_grade": "no"}
    assert enter(cast.qian).post(url, given).status_code == 404
    assert enter(cast.zhao).post(url, given).status_code == 403
    assert enter(cast.zhang).get(url).status_code == 405
    assert enter().post(url, given).status_code == 401
    assert actions.accept.roles == actions.reject.roles


def test_a_plate_page_takes_no_other_method(plate: Plate) -> None:
    assert enter().put(plate.path).status_code == 405
