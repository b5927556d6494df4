"""One hazard from the campaign that found it to the money that followed, over the web alone: the
people of the office at their pages, a phone at its interface, a unit with nothing but a link.

The days are those of 2025, whose calendar of working days is published.
"""

import re
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hudun.affairs.funds.actions import make_budget_line
from hudun.affairs.funds.answers import UPKEEP
from hudun.affairs.funds.models import Payment
from hudun.affairs.inspections.jobs import escalate_overdue
from hudun.affairs.inspections.models import Campaign, Escalation, Hazard, Notice, Rating, Visit
from hudun.affairs.inspections.testing import make_package
from hudun.assets.shelters.actions import register_shelter
from hudun.core.attachment.files import original
from hudun.core.attachment.models import Attachment
from hudun.core.clock import BEIJING, frozen
from hudun.core.identity import new_id
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import verify
from hudun.core.organ import Organ, Role, User
from hudun.core.outbox.deliver import deliver_due
from hudun.core.paper.models import IssuedPaper
from hudun.core.plate import Plate
from hudun.core.testing import Cast, make_person

pytestmark = pytest.mark.django_db

HERE = "/inspections"
MONDAY = date(2025, 9, 1)
RUNGS = ["community", "subdistrict", "district", "city"]
ITEM = "no_leak"


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture
def plate(cast: Cast) -> Plate:
    shelter = register_shelter(
        cast.actor("zhang"), cast.stage.baishajing, number="TX-001", name="白沙井地下室",
        kind="basement", maintainer_name="安居物业", built_m2=3000.0,
    )  # fmt: skip
    make_budget_line(
        cast.actor("zhang"), cast.stage.tianxin, code="RF-25", name=UPKEEP, year=2025,
        amount_fen=1_000_000,
    )  # fmt: skip
    return Plate.objects.of(shelter).get()


def jpeg() -> bytes:
    out = BytesIO()
    Image.effect_noise((320, 240), 60).save(out, "JPEG")
    return out.getvalue()


def on(day: date, hour: int = 9) -> Any:
    return frozen(datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING))


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def went_through(answer: Any) -> Any:
    assert answer.status_code in (200, 302), answer.content.decode()[:1500]
    return answer


def begin_campaign(clerk: Client, chief: Client, inspector: User, district: Organ) -> Campaign:
    form = {
        "organ": str(district.pk), "name": "九月巡查", "kind": "patrol", "share": "100",
        "template_slug": "shelter-patrol", "opens_on": "2025-09-01", "closes_on": "2025-09-30",
        "note": "",
    }  # fmt: skip
    url = went_through(clerk.post(f"{HERE}/campaigns/new/", form))["Location"]
    team = {"team": "第一组", "members": [str(inspector.pk)]}
    went_through(clerk.post(f"{url}teams/", team))
    went_through(clerk.post(f"{url}draw/", {"seed": "0901"}))
    went_through(chief.post(f"{url}do/start_campaign/"))
    return Campaign.objects.get(state="running")


def visit(phone: Client, plate: Plate, campaign: Campaign, photo: bytes | None = None) -> Visit:
    """What a phone does: look at the plate, then deliver the visit and its photo."""
    assert plate.title in went_through(phone.get(plate.path)).content.decode()
    wrong: dict[str, Any] = {"fail": [ITEM], "photos": {ITEM: [photo]}} if photo else {}
    package = make_package(plate, "shelter-patrol", campaign=str(campaign.pk), **wrong)
    send: dict[str, Any] = {"content_type": "application/json"}
    url = f"/field/visits/{package['visit']}/"
    counted = went_through(phone.put(url, package, **send)).json()
    assert counted["complete"] is not bool(photo)
    assert went_through(phone.put(url, package, **send)).json() == counted, "sent twice, held once"
    for key in counted["missing"]:
        went_through(
            phone.put(
                f"/field/photos/{key}/?visit={package['visit']}",
                photo,
                content_type="image/jpeg",
                headers={"Upload-Offset": "0"},
            )
        )
    assert phone.get(url).json()["complete"]
    return Visit.objects.get(pk=package["visit"])


def send_notice(clerk: Client, hazard: Hazard) -> str:
    """Returns the address of the short link, as the unit gets it."""
    page = f"{HERE}/plates/{hazard.plate.code}/notice/"
    went_through(clerk.post(page, {"hazards": [str(hazard.pk)]}))
    notice = Notice.objects.get()
    assert notice.paper is not None
    shown = went_through(clerk.post(f"{HERE}/notices/{notice.pk}/link/")).content.decode()
    link = re.search(r"https?://[^\s\"<]+/r/[^\s\"<]+", shown)
    assert link, shown[:2000]
    return urlsplit(link[0]).path


def let_it_climb(hazard: Hazard) -> date:
    """The clock comes round every morning until the city was told; returns the last day."""
    day = hazard.due_on
    for _ in range(60):
        if Escalation.objects.filter(level="city").exists():
            break
        day += timedelta(days=1)
        with on(day, 8):
            escalate_overdue()
            escalate_overdue()
    return day


def test_from_the_campaign_to_the_money(cast: Cast, plate: Plate) -> None:
    sun = make_person("sun", "孙巡查", cast.stage.chengnanlu, Role.INSPECTOR)
    clerk, chief, director = enter(cast.zhang), enter(cast.li), enter(cast.zhou)
    phone, anybody, photo = enter(sun), Client(), jpeg()

    with on(MONDAY):
        campaign = begin_campaign(clerk, chief, sun, cast.stage.tianxin)
        assert plate.code in phone.get("/field/bundle/").json()["plates"]
        found = visit(phone, plate, campaign, photo)
    hazard = Hazard.objects.get()
    assert (hazard.item_key, hazard.state, hazard.holder_organ) == (
        ITEM, "found", cast.stage.tianxin
    )  # fmt: skip
    kept = Attachment.objects.about(found).get()
    assert original(kept.sha256) == photo, "the bytes that the phone queued"

    with on(MONDAY + timedelta(days=1)):
        link = send_notice(clerk, hazard)
        went_through(clerk.post(f"{HERE}/bulletins/{cast.stage.chengnanlu.pk}/"))
        hazards = phone.get("/field/bundle/").json()["plates"][plate.code]["hazards"]
    assert IssuedPaper.objects.about(cast.stage.chengnanlu).count() == 1
    assert [one["item"] for one in hazards] == [ITEM]
    hazard.refresh_from_db()
    assert (hazard.state, hazard.holder) == ("noticed", "安居物业")

    late = let_it_climb(hazard)
    assert [rung.level for rung in Escalation.objects.order_by("ought_on")] == RUNGS
    with on(late, 10):
        page = went_through(anybody.get(link)).content.decode()
        assert "孙巡查" not in page
        after = SimpleUploadedFile("after.jpg", jpeg(), "image/jpeg")
        answer = {"token": str(new_id()), "text": "已堵漏并重做防水", "photos": after}
        went_through(anybody.post(f"{link}{hazard.pk}/", answer))
    hazard.refresh_from_db()
    assert (hazard.state, hazard.holder_organ) == ("replied", cast.stage.tianxin)

    with on(late + timedelta(days=2)):
        visit(phone, plate, campaign)
    hazard.refresh_from_db()
    assert (hazard.state, hazard.holder, hazard.until) == ("closed", "", None)
    assert hazard.mended_on == late

    with on(date(2026, 1, 12)):
        payment = rate_and_pay(clerk, chief, director)
    assert (payment.state, payment.payee, payment.amount_fen) == ("paid", "安居物业", 280_000)
    check_what_is_left(cast, hazard)


def rate_and_pay(clerk: Client, chief: Client, director: Client) -> Payment:
    year = {"first": "2025-01-01", "last": "2025-12-31"}
    went_through(clerk.post(f"{HERE}/ratings/compute/", year))
    rating = Rating.objects.get()
    assert (rating.proposed, rating.records["late"]) == ("qualified", {"一般": 1})
    assert len(rating.records["scores"]) == 2
    went_through(chief.post(f"{HERE}/ratings/decide/", year))
    deliver_due()
    deliver_due()
    payment = Payment.objects.get()
    url = f"/funds/payments/{payment.pk}/do"
    went_through(director.post(f"{url}/approve_payment/"))
    went_through(clerk.post(f"{url}/pay/", {"pay-paid_on": "2026-01-12", "pay-voucher": "记-7"}))
    payment.refresh_from_db()
    return payment


def check_what_is_left(cast: Cast, hazard: Hazard) -> None:
    """The journal tells it all and is whole; the neighbour saw nothing of it."""
    assert verify(cast.stage.tianxin) == []
    told = set(JournalLine.objects.values_list("verb", flat=True))
    assert told >= {
        "inspections.draw_campaign", "inspections.receive_visit", "inspections.receive_photo",
        "inspections.raise_hazard", "inspections.issue_notice", "inspections.show_link",
        "inspections.open_link", "inspections.answer", "inspections.close_hazard",
        "inspections.decide_rating", "funds.approve_payment", "funds.pay",
    }  # fmt: skip
    stranger = enter(cast.qian)
    for page in ("hazards", "visits", "campaigns", "ratings", "notices"):
        assert hazard.plate.title not in stranger.get(f"{HERE}/{page}/").content.decode()
    assert stranger.get(f"{HERE}/hazards/{hazard.pk}/").status_code == 404
