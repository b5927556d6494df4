"""The sheets of a shelter: for whom, of what size, with what on them."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from hudun.assets.shelters.models import Shelter
from hudun.assets.shelters.plates import RULES
from hudun.core.plate import Plate
from hudun.core.testing import Cast

from .conftest import Login

pytestmark = pytest.mark.django_db

SIZES = {"vehicle": (1500, 500), "person": (800, 450), "guide": (700, 300), "board": (700, 1200)}


def address(shelter: Shelter, key: str) -> str:
    return f"/plates/{Plate.objects.of(shelter).get().pk}/{key}.pdf"


@pytest.mark.parametrize("key", SIZES)
def test_a_sheet_at_true_size(login: Login, shelter: Shelter, key: str) -> None:
    answer = login("zhang").get(address(shelter, key))
    assert answer.status_code == 200
    page = PdfReader(BytesIO(answer.content)).pages[0]
    size = [float(side) * 25.4 / 72 for side in (page.mediabox.width, page.mediabox.height)]
    assert size == pytest.approx(SIZES[key], abs=0.01)
    words = "".join(page.extract_text().split())
    assert shelter.name in words
    assert key == "guide" or "天心区人民防空办公室" in words


def test_the_board_says_the_rules_and_nothing_that_is_not_public(
    login: Login, shelter: Shelter
) -> None:
    pdf = login("zhang").get(address(shelter, "board")).content
    words = PdfReader(BytesIO(pdf)).pages[0].extract_text().replace("\n", "")
    assert [rule for rule in RULES if rule not in words] == []
    assert "1,200" not in words, "its capacity was never published"


def test_who_gets_a_sheet(cast: Cast, login: Login, shelter: Shelter) -> None:
    url = address(shelter, "person")
    assert login("qian").get(url).status_code == 404
    assert login("zhao").get(url).status_code == 200
    assert login("zhang").post(url).status_code == 405
    assert login("zhang").get(address(shelter, "none")).status_code == 404


@pytest.mark.parametrize(
    "asked", ["metres=x", "metres=-1", "metres=" + "9" * 40, "way=up", "metres=²"]
)
def test_a_strange_wish_is_ignored(login: Login, shelter: Shelter, asked: str) -> None:
    assert login("zhang").get(f"{address(shelter, 'guide')}?{asked}").status_code == 200


def test_the_page_of_the_shelter_offers_them(login: Login, shelter: Shelter) -> None:
    page = login("zhang").get(f"/shelters/{shelter.pk}/").content.decode()
    assert "150×50 cm" in page
    assert "70×120 cm" in page
    assert address(shelter, "board") in page
