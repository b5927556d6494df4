"""A promised photo arrives: whole, once, and only where it was promised."""

from io import BytesIO

import pytest
from PIL import Image

from hudun.affairs.inspections.actions import receive_photo, receive_visit
from hudun.affairs.inspections.models import PhotoPromise, Visit
from hudun.affairs.inspections.testing import make_package
from hudun.core.attachment.files import original
from hudun.core.attachment.models import Attachment
from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.core.journal.models import JournalLine
from hudun.core.outbox.models import Event
from hudun.core.plate import Plate
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db


def jpeg(shade: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 24), (shade, 90, 30)).save(out, "JPEG")
    return out.getvalue()


ONE, TWO = jpeg(10), jpeg(200)


@pytest.fixture
def visit(cast: Cast, plate: Plate) -> Visit:
    package = make_package(plate, "siren-patrol", photos={"mount_firm": [ONE], "mains": [TWO]})
    return receive_visit(cast.actor("zhao"), plate, package)


def photo_of(visit: Visit, key: str) -> PhotoPromise:
    return visit.promised.get(key=key)


def test_delivered_when_all_that_was_promised_is_here(cast: Cast, visit: Visit) -> None:
    zhao = cast.actor("zhao")
    first = receive_photo(zhao, visit, photo_of(visit, "mount_firm").pk, ONE)
    assert first.received_at is not None
    assert [photo.key for photo in visit.missing] == ["mains"]
    assert not Event.objects.filter(name="inspections.visit_complete").exists()
    receive_photo(zhao, visit, photo_of(visit, "mains").pk, TWO)
    assert visit.complete
    assert Event.objects.filter(name="inspections.visit_complete").count() == 1
    stored = Attachment.objects.get(pk=first.pk)
    assert (original(stored.sha256), stored.organ) == (ONE, visit.organ)
    assert Attachment.objects.about(visit).count() == 2


def test_a_second_delivery_changes_nothing(cast: Cast, visit: Visit) -> None:
    zhao, photo = cast.actor("zhao"), photo_of(visit, "mount_firm")
    first = receive_photo(zhao, visit, photo.pk, ONE)
    assert receive_photo(zhao, visit, photo.pk, ONE).received_at == first.received_at
    assert JournalLine.objects.filter(verb="inspections.receive_photo").count() == 1


@pytest.mark.parametrize("data", [TWO, ONE[:-1], b"", ONE + b"x"])
def test_other_bytes_are_refused(cast: Cast, visit: Visit, data: bytes) -> None:
    photo = photo_of(visit, "mount_firm")
    with pytest.raises(Problem) as problem:
        receive_photo(cast.actor("zhao"), visit, photo.pk, data)
    assert problem.value.number == "422.106"
    photo.refresh_from_db()
    assert photo.received_at is None
    assert not Attachment.objects.exists()


def test_a_photo_that_nobody_promised(cast: Cast, visit: Visit) -> None:
    with pytest.raises(Problem, match=r"404\.102"):
        receive_photo(cast.actor("zhao"), visit, new_id(), ONE)


def test_what_is_no_picture_is_refused_though_its_hash_is_right(cast: Cast, plate: Plate) -> None:
    package = make_package(plate, "siren-patrol", photos={"mains": [b"<script>"]})
    visit = receive_visit(cast.actor("zhao"), plate, package)
    with pytest.raises(Problem, match=r"415\.1"):
        receive_photo(cast.actor("zhao"), visit, photo_of(visit, "mains").pk, b"<script>")


@pytest.mark.parametrize(("who", "number"), [("wang", "403.1"), ("qian", "404.1")])
def test_who_may_not(cast: Cast, visit: Visit, who: str, number: str) -> None:
    with pytest.raises(Problem) as problem:
        receive_photo(cast.actor(who), visit, photo_of(visit, "mains").pk, TWO)
    assert problem.value.number == number
