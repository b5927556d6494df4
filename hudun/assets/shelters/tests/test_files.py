"""Drawings and photos: kept as they came, added by those who may, seen in the district only."""

from io import BytesIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from PIL import Image

from hudun.assets.shelters.models import Shelter
from hudun.core.attachment.models import Attachment
from hudun.core.journal.models import JournalLine

from .conftest import Login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: LazySettings, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return out.getvalue()


def send(client: Client, shelter: Shelter, body: bytes, name: str = "口部.png") -> Any:
    file = BytesIO(body)
    file.name = name
    return client.post(f"/shelters/{shelter.pk}/files/", {"file": file})


def test_a_photo_is_added_and_shown(shelter: Shelter, login: Login) -> None:
    client = login("zhang")
    assert send(client, shelter, picture()).status_code == 302
    kept = Attachment.objects.about(shelter).get()
    assert (kept.kind, kept.name, kept.organ) == ("photo", "口部.png", shelter.organ)
    assert JournalLine.objects.of(shelter)[0].verb == "shelters.attach"
    page = client.get(f"/shelters/{shelter.pk}/").content.decode()
    assert f"/files/{kept.pk}/small/" in page


def test_who_may_not(shelter: Shelter, login: Login) -> None:
    assert send(login("qian"), shelter, picture()).status_code == 404
    assert send(login("wang"), shelter, picture()).status_code == 403
    assert login("zhang").get(f"/shelters/{shelter.pk}/files/").status_code == 405
    assert not Attachment.objects.exists()


def test_what_is_no_picture_is_refused(shelter: Shelter, login: Login) -> None:
    answer = send(login("zhang"), shelter, b"<script>alert(1)</script>", "口部.png")
    assert answer.status_code in (413, 415, 422)
    assert not Attachment.objects.exists()
