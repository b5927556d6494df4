"""A queue that comes as a file: the same result as over the network, and nothing worse."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hudun.affairs.inspections.models import Visit
from hudun.affairs.inspections.testing import make_package
from hudun.core.attachment.models import Attachment
from hudun.core.attachment.tests.pictures import jpeg
from hudun.core.plate import Plate
from hudun.core.testing import Cast
from hudun.desks.field import queuefile

Package = dict[str, Any]
PHOTOS = [jpeg(), jpeg(90, 60)]


@pytest.fixture
def package(plate: Plate) -> Package:
    return make_package(plate, "siren-patrol", photos={"plate_intact": PHOTOS})


def exported(
    cast: Cast, *packages: Package, photos: bool = True, more: dict[str, bytes] | None = None
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        about = {"format": "hudun-queue/1", "person": {"id": str(cast.zhao.pk)}, "device": "d"}
        file.writestr("queue.json", json.dumps(about))
        for package in packages:
            file.writestr(f"visits/{package['visit']}.json", json.dumps(package))
            for promise, data in zip(package["photos"], PHOTOS if photos else [], strict=False):
                file.writestr(f"photos/{promise['id']}.jpg", data)
        for name, data in (more or {}).items():
            file.writestr(name, data)
    return out.getvalue()


def hand_in(client: Client, data: bytes, accept: str = "application/json") -> Any:
    file = SimpleUploadedFile("queue.zip", data, "application/zip")
    return client.post("/field/queue/", {"file": file}, headers={"Accept": accept})


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.zhang)
    return client


def test_the_same_result_as_over_the_network(desk: Client, cast: Cast, package: Package) -> None:
    (said,) = hand_in(desk, exported(cast, package)).json()["visits"]
    assert said == {
        "visit": package["visit"], "promised": 2, "received": 2, "complete": True, "problems": [],
    }  # fmt: skip
    visit = Visit.objects.get()
    assert (visit.inspector, visit.delivered_by) == (cast.zhao, cast.zhang)
    assert {str(one.pk) for one in Attachment.objects.all()} == {p["id"] for p in package["photos"]}


def test_handed_in_twice_it_counts_once(desk: Client, cast: Cast, package: Package) -> None:
    for _ in range(2):
        assert hand_in(desk, exported(cast, package)).json()["visits"][0]["complete"]
    assert (Visit.objects.count(), Attachment.objects.count()) == (1, 2)


def test_what_one_record_lacks_holds_up_no_other(
    desk: Client, cast: Cast, package: Package, plate: Plate
) -> None:
    wrong = make_package(plate, "siren-patrol") | {"plate": "000000000000"}
    lacking = make_package(plate, "siren-patrol", photos={"plate_intact": [jpeg(50, 40)]})
    data = exported(cast, package, wrong)
    with zipfile.ZipFile(file := io.BytesIO(data), "a") as more:
        more.writestr(f"visits/{lacking['visit']}.json", json.dumps(lacking))
    page = hand_in(desk, file.getvalue(), "text/html")
    assert page.status_code == 422
    for words in ("2/2", "404.100", "422.78"):
        assert words in page.content.decode()
    assert Visit.objects.count() == 2


@pytest.mark.parametrize(
    "data", [b"", b"PK\x05\x06" + bytes(18), b"not a zip", b"\xff\xd8\xff" + bytes(99)]
)
def test_what_is_no_queue_is_refused(desk: Client, data: bytes) -> None:
    answer = hand_in(desk, data)
    assert (answer.status_code, answer.json()["number"]) == (422, "422.77")


def test_a_bomb_is_read_only_to_its_bound(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queuefile, "MOST_JSON", 1000)
    more = {"visits/x.json": b'{"a":"' + b" " * 2000 + b'"}'}
    bomb = exported(cast, more=more)
    assert hand_in(desk, bomb).json()["number"] == "422.77"
    monkeypatch.setattr(queuefile, "MOST_ENTRIES", 1)
    assert hand_in(desk, exported(cast, more={"x": b""})).json()["number"] == "422.77"


def test_rights(desk: Client, cast: Cast, package: Package) -> None:
    data = exported(cast, package)
    desk.force_login(cast.qian)
    assert hand_in(desk, data).json()["visits"][0]["problems"][0]["number"] == "404.100"
    desk.force_login(cast.wang)
    assert hand_in(desk, data).status_code == 403
    assert desk.get("/field/queue/").status_code == 403
    assert not Visit.objects.exists()
    desk.force_login(cast.zhang)
    assert desk.put("/field/queue/").status_code == 405
    assert "导入现场队列" in desk.get("/field/queue/").content.decode()
