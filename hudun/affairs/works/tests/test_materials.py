"""The checklist on the page of a work."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hudun.affairs.works import actions
from hudun.affairs.works.models import Material, Work
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.testing import Cast

from .conftest import Login

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def warranty(work: Work) -> Material:
    return Material.objects.of(work).get(key="warranty")


def post(login: Login, who: str, material: Material, verb: str, **data: Any) -> Any:
    return login(who).post(f"/works/materials/{material.pk}/{verb}/", data)


def test_the_page_says_what_is_missing(login: Login, work: Work) -> None:
    page = login("zhang").get(f"/works/{work.pk}/").content.decode()
    assert "还缺：竣工验收备案表；" in page
    assert "易地建设费凭证号" in page, "the field, not a gap"


def test_a_file_is_handed_in_and_opened_again(login: Login, work: Work, warranty: Material) -> None:
    scan = SimpleUploadedFile("保修书.pdf", PDF, "application/pdf")
    answer = post(login, "zhang", warranty, "receive", files=[scan], note="原件")
    assert (answer.status_code, answer["Location"]) == (302, f"/works/{work.pk}/#materials")
    warranty.refresh_from_db()
    assert warranty.received_on is not None
    kept = warranty.files.get()
    assert (kept.name, kept.organ) == ("保修书.pdf", work.organ)
    page = login("zhang").get(f"/works/{work.pk}/").content.decode()
    assert f"/files/{kept.pk}/" in page
    assert login("zhang").get(f"/files/{kept.pk}/").content == PDF
    assert login("qian").get(f"/files/{kept.pk}/").status_code == 404
    assert JournalLine.objects.of(warranty).get().verb == "works.receive_material"


def test_a_wrong_file_is_refused_and_nothing_changes(login: Login, warranty: Material) -> None:
    wrong = SimpleUploadedFile("x.pdf", b"MZ\x90\x00", "application/pdf")
    assert post(login, "zhang", warranty, "receive", files=[wrong]).status_code == 415
    many = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(11)]
    assert post(login, "zhang", warranty, "receive", files=many).status_code == 422
    warranty.refresh_from_db()
    assert warranty.received_on is None


def test_handed_back_it_is_missing_again(login: Login, warranty: Material) -> None:
    post(login, "zhang", warranty, "receive")
    assert post(login, "zhang", warranty, "return").status_code == 422, "needs a reason"
    assert post(login, "zhang", warranty, "return", reason="没有盖章").status_code == 302
    warranty.refresh_from_db()
    assert (warranty.is_missing, warranty.note) == (True, "没有盖章")


def test_what_does_not_apply_is_not_missing(login: Login, warranty: Material) -> None:
    assert post(login, "zhang", warranty, "waive", reason="单建工程").status_code == 302
    warranty.refresh_from_db()
    assert not warranty.is_missing
    assert post(login, "zhang", warranty, "receive").status_code == 302
    warranty.refresh_from_db()
    assert (warranty.waived, warranty.received_on is not None) == ("", True)


@pytest.mark.parametrize("verb", ["receive", "return", "waive"])
def test_who_may(login: Login, cast: Cast, warranty: Material, verb: str) -> None:
    assert post(login, "qian", warranty, verb, reason="x").status_code == 404
    assert post(login, "wang", warranty, verb, reason="x").status_code == 403
    assert login("zhang").get(f"/works/materials/{warranty.pk}/{verb}/").status_code == 405


def test_a_closed_file_stays_as_it_is(cast: Cast, work: Work, warranty: Material) -> None:
    actions.void(cast.actor("li").because("重复"), work)
    with pytest.raises(Problem, match=r"409\.141"):
        actions.receive_material(cast.actor("li"), warranty)
