"""What a phone asks and brings: counted, resumable, repeatable, and only its own."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from hudun.affairs.inspections.models import Campaign, PhotoPromise, Visit
from hudun.affairs.inspections.testing import make_package
from hudun.core import clock
from hudun.core.attachment.files import original
from hudun.core.attachment.models import Attachment
from hudun.core.attachment.tests.pictures import jpeg
from hudun.core.identity import new_id
from hudun.core.journal.models import JournalLine
from hudun.core.plate import Plate
from hudun.core.testing import Cast
from hudun.desks.field.uploads import Upload, folder, sweep

JSON = "application/json"
OCTETS = "application/octet-stream"
Package = dict[str, Any]


@pytest.fixture
def package(plate: Plate) -> Package:
    return make_package(plate, "siren-patrol", photos={"plate_intact": [jpeg(), jpeg(90, 60)]})


def put_visit(phone: Client, package: Package, **headers: str) -> Any:
    return phone.put(
        f"/field/visits/{package['visit']}/", package, content_type=JSON, headers=headers
    )


def put_part(phone: Client, package: Package, number: int, offset: int, data: bytes) -> Any:
    return phone.put(
        f"/field/photos/{package['photos'][number]['id']}/?visit={package['visit']}",
        data, content_type=OCTETS, headers={"Upload-Offset": str(offset)},
    )  # fmt: skip


def ask(phone: Client, package: Package) -> Any:
    return phone.get(f"/field/visits/{package['visit']}/").json()


def test_a_phone_holds_the_plates_of_its_campaigns_and_no_more(
    phone: Client, campaign: Campaign, plate: Plate, cast: Cast
) -> None:
    held = phone.get("/field/bundle/").json()
    assert list(held["plates"]) == [plate.code]
    assert held["person"] == {"id": str(cast.zhao.pk), "name": "赵巡查"}
    assert held["keep_until"] > held["made"]
    phone.force_login(cast.qian)
    assert phone.get("/field/bundle/").json()["plates"] == {}
    phone.logout()
    answer = phone.get("/field/bundle/")
    assert (answer.status_code, answer.json()["number"]) == (401, "401.1")


def test_a_phone_is_told_to_forget_when_its_person_has_no_post_any_more(
    phone: Client, campaign: Campaign, cast: Cast
) -> None:
    assert phone.get("/field/bundle/").json()["wipe"] is False
    cast.zhao.posts.update(until=clock.now())
    said = phone.get("/field/bundle/").json()
    assert (said["wipe"], said["plates"]) == (True, {})


def test_the_visit_comes_first_then_each_photo(
    phone: Client, package: Package, plate: Plate, cast: Cast
) -> None:
    said = put_visit(phone, package).json()
    ids = [photo["id"] for photo in package["photos"]]
    assert said == {
        "visit": package["visit"], "promised": 2, "received": 0, "missing": said["missing"],
        "complete": False,
    }  # fmt: skip
    assert sorted(said["missing"]) == sorted(ids)
    assert put_part(phone, package, 0, 0, jpeg()).json()["done"]
    assert ask(phone, package)["missing"] == [ids[1]]
    assert put_part(phone, package, 1, 0, jpeg(90, 60)).json()["done"]
    assert ask(phone, package)["complete"]
    assert Visit.objects.get().inspector == cast.zhao
    for photo in package["photos"]:
        stored = Attachment.objects.get(pk=photo["id"])
        assert sha256(original(stored.sha256)).hexdigest() == photo["sha256"]
    sources = {
        line.content["source"] for line in JournalLine.objects.filter(verb__contains="inspections.")
    }
    assert sources == {"sync"}


def test_everything_may_come_twice(phone: Client, package: Package, plate: Plate) -> None:
    for _ in range(2):
        assert put_visit(phone, package).status_code == 200
        assert put_part(phone, package, 0, 0, jpeg()).json() == {
            "received": len(jpeg()),
            "done": True,
        }
    assert Visit.objects.count() == 1
    assert Attachment.objects.count() == 1
    assert put_visit(phone, package | {"comment": "另一份"}).json()["number"] == "409.100"


def test_a_photo_comes_in_parts_and_goes_on_where_it_stopped(
    phone: Client, package: Package
) -> None:
    put_visit(phone, package)
    data = jpeg()
    url = f"/field/photos/{package['photos'][0]['id']}/?visit={package['visit']}"
    assert phone.get(url).json() == {"received": 0, "done": False}
    assert put_part(phone, package, 0, 0, data[:1000]).json()["received"] == 1000
    assert put_part(phone, package, 0, 0, data[:1000]).json()["received"] == 1000
    assert put_part(phone, package, 0, 2000, data[2000:]).json()["received"] == 1000
    assert phone.get(url).json() == {"received": 1000, "done": False}
    assert put_part(phone, package, 0, 1000, data[1000:]).json()["done"]
    assert list(folder().iterdir()) == []


def test_a_part_that_was_lost_while_it_was_judged_is_judged_again(
    phone: Client, package: Package
) -> None:
    put_visit(phone, package)
    data = jpeg()
    Upload(UUID(package["photos"][0]["id"])).append(0, data, len(data))
    assert put_part(phone, package, 0, len(data), b"").json()["done"]


def test_other_bytes_than_promised_begin_anew(phone: Client, package: Package) -> None:
    put_visit(phone, package)
    spoilt = bytes(len(jpeg()))
    answer = put_part(phone, package, 0, 0, spoilt)
    assert (answer.status_code, answer.json()["number"]) == (422, "422.106")
    assert put_part(phone, package, 0, 0, jpeg()).json()["done"]


def test_never_more_than_was_promised_is_kept(phone: Client, package: Package) -> None:
    put_visit(phone, package)
    upload = Upload(UUID(package["photos"][0]["id"]))
    upload.append(0, bytes(50_000), 1000)
    assert upload.received == 1000
    too_much = put_part(phone, package, 0, 0, bytes(5_000_000))
    assert too_much.json()["number"] == "413.77"


def test_no_photo_without_a_promise(phone: Client, package: Package) -> None:
    assert put_part(phone, package, 0, 0, jpeg()).json()["number"] == "404.101"
    put_visit(phone, package)
    strange = phone.get(f"/field/photos/{new_id()}/?visit={package['visit']}")
    assert strange.json()["number"] == "404.102"
    assert PhotoPromise.objects.filter(received_at=None).count() == 2


@pytest.mark.parametrize(
    ("body", "status"), [("{", 400), ("[]", 400), ('{"visit": "x"}', 400), ('"a"', 400)]
)
def test_what_is_no_package_is_refused(phone: Client, body: str, status: int) -> None:
    answer = phone.put(f"/field/visits/{new_id()}/", body, content_type=JSON)
    assert answer.status_code == status
    assert "手机里" in answer.json()["safe"]


def test_nobody_delivers_anothers_records_as_their_own(
    phone: Client, package: Package, cast: Cast
) -> None:
    answer = put_visit(phone, package, **{"Hudun-Person": str(cast.li.pk)})
    assert answer.json()["number"] == "403.77"
    assert put_visit(phone, package, **{"Hudun-Person": str(cast.zhao.pk)}).status_code == 200


def test_rights(phone: Client, package: Package, cast: Cast) -> None:
    url = f"/field/visits/{package['visit']}/"
    phone.force_login(cast.qian)
    assert put_visit(phone, package).status_code == 404
    phone.force_login(cast.wang)
    assert put_visit(phone, package).status_code == 403
    phone.force_login(cast.zhao)
    assert phone.post(url).status_code == 405
    put_visit(phone, package)
    phone.force_login(cast.qian)
    assert phone.get(url).status_code == 404
    assert put_part(phone, package, 0, 0, jpeg()).status_code == 404
    phone.logout()
    assert put_visit(phone, package).status_code == 401


def test_a_foreign_page_cannot_deliver(package: Package, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Accept": JSON})
    client.force_login(cast.zhao)
    assert put_visit(client, package).json()["number"] == "403.2"


def test_uploads_nobody_finished_are_swept(own_files: Any, phone: Client) -> None:
    import os

    upload = Upload(new_id())
    upload.append(0, b"x", 10)
    assert sweep() == 0
    os.utime(upload.path, (0, 0))
    assert sweep() == 1
