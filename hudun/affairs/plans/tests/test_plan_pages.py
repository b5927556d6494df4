"""The pages and papers of a version."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from pypdf import PdfReader

from hudun.affairs.plans.models import Plan, Version
from hudun.core.journal.models import JournalLine
from hudun.core.planner import Run
from hudun.core.planner.testing import run_now

from .conftest import Login

pytestmark = pytest.mark.django_db

PAGES = ("", "communities/", "communities/0/", "shelters/", "shelters/1/", "gaps/", "map/",
         "loss/", "leave/", "drills/")  # fmt: skip


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_that_its_sums_are_level(page: str, login: Login, version: Version) -> None:
    said = text(login("zhang"), f"/plans/versions/{version.pk}/{page}")
    assert "平</span>" in said and "不平" not in said
    assert "171" in said and "130" in said


@pytest.mark.parametrize("page", PAGES)
def test_who_has_no_business_sees_nothing(page: str, login: Login, version: Version) -> None:
    path = f"/plans/versions/{version.pk}/{page}"
    text(login("qian"), path, 404)
    text(login("xiguan"), path, 403)
    assert Client().get(path).status_code == 302
    if page not in ("loss/", "leave/", "drills/"):
        assert login("zhang").post(path).status_code == 405


def test_gaps_by_reason(login: Login, version: Version) -> None:
    said = text(login("zhou"), f"/plans/versions/{version.pk}/gaps/?why=cut_off")
    assert '<th scope="row">d</th>' in said and '<th scope="row">b</th>' not in said
    assert "补法一" in said


def test_a_community_is_found_by_name(login: Login, version: Version) -> None:
    said = text(login("zhang"), f"/plans/versions/{version.pk}/communities/?q=西")
    assert ">西社区</a>" in said and ">东社区</a>" not in said
    said = text(login("zhang"), f"/plans/versions/{version.pk}/communities/?q=没有的")
    assert "没有符合的社区" in said


def test_a_page_that_is_not_there(login: Login, version: Version) -> None:
    for page in ("communities/99/", "shelters/99/", "communities/99/sheet.pdf"):
        assert "404.300" in text(login("zhang"), f"/plans/versions/{version.pk}/{page}", 404)


@pytest.mark.papers
@pytest.mark.parametrize(
    ("page", "words"),
    [("communities/0/sheet.pdf", ("东社区", "内部", "尚未批准", "天心区人民防空办公室")),
     ("communities/0/cards.pdf", ("听到空袭警报", "尚未批准")),
     ("shelters/0/list.pdf", ("接收名单", "90"))],
)  # fmt: skip
def test_papers(page: str, words: tuple[str, ...], login: Login, version: Version) -> None:
    answer = login("zhang").get(f"/plans/versions/{version.pk}/{page}")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    said = "".join("".join(one.extract_text().split()) for one in pages)
    for word in words:
        assert word in said
    assert login("qian").get(f"/plans/versions/{version.pk}/{page}").status_code == 404


def test_the_map_of_a_sheet(login: Login, version: Version) -> None:
    answer = login("zhang").get(f"/plans/versions/{version.pk}/communities/0/map.svg")
    assert answer["Content-Type"] == "image/svg+xml" and answer.content.startswith(b"<svg")


def test_a_version_is_drafted_on_the_page(login: Login, plan: Plan) -> None:
    client = login("zhang")
    said = text(client, f"/plans/{plan.pk}/versions/new/")
    assert "streets.csv" in said and "摘要" in said
    typed = {"limit_m": "700", "warning_s": "60", "start_s": "120", "total": "0", "sites": "5",
             "size": "100", "note": "页面起草"}  # fmt: skip
    wrong = client.post(f"/plans/{plan.pk}/versions/new/", typed | {"limit_m": "-1"})
    assert wrong.status_code == 422 and "页面起草" in wrong.content.decode()
    answer = client.post(f"/plans/{plan.pk}/versions/new/", typed)
    made = Version.objects.get()
    assert answer["Location"] == f"/plans/versions/{made.pk}/"
    assert "编制掩蔽方案" in text(client, answer["Location"])
    assert JournalLine.objects.filter(verb="plans.draft_version").exists()
    assert "409.300" in text(client, f"/plans/versions/{made.pk}/communities/", 409)
    assert login("shenji").post(f"/plans/{plan.pk}/versions/new/", typed).status_code == 403


def test_files_are_uploaded_and_withdrawn_on_the_page(login: Login, plan: Plan) -> None:
    client = login("zhang")
    file = BytesIO("name,kind,lon,lat\n加油站,易燃,113.001,28\n".encode())
    file.name = "hazards.csv"
    answer = client.post(f"/plans/{plan.pk}/inputs/", {"kind": "hazards", "file": file})
    assert answer.status_code == 302
    assert "hazards.csv" in text(client, f"/plans/{plan.pk}/")
    stored = plan.inputs.get(kind="hazards")
    assert login("qian").post(f"/plans/inputs/{stored.pk}/withdraw/").status_code == 404
    assert client.post(f"/plans/inputs/{stored.pk}/withdraw/").status_code == 302
    text(client, f"/plans/{plan.pk}/")
    assert "hazards.csv" not in text(client, f"/plans/{plan.pk}/"), "told once"


def test_a_plan_above_work_secret_is_refused_with_the_reason(login: Login) -> None:
    client = login("zhang")
    page = text(client, "/plans/new/")
    assert "国家秘密不得存入本系统" in page
    answer = client.post("/plans/new/", {"title": "x", "kind": "shelter", "secrecy": "机密"})
    assert answer.status_code == 422 and "422.300" in answer.content.decode()


@pytest.mark.papers
def test_the_whole_book_in_one_file(login: Login, version: Version) -> None:
    client, path = login("zhang"), f"/plans/versions/{version.pk}/"
    assert "打印整本" in text(client, path)
    assert client.post(path + "print/").status_code == 302
    run = Run.objects.of_kind("plans.print").get()
    assert "打印整本册子" in text(client, path)
    run = run_now(run)
    assert (run.state, run.result) == ("done", {"files": 6, "state": "起草"}), run.problem
    assert "下载 6 份" in text(client, path)
    got = client.get(f"/runs/{run.pk}/files/book.zip")
    with ZipFile(BytesIO(b"".join(got.streaming_content))) as pack:  # type: ignore[attr-defined]
        assert len(pack.namelist()) == 6 and all(name.endswith(".pdf") for name in pack.namelist())
    assert login("shenji").post(path + "print/").status_code == 403
    assert login("qian").post(path + "print/").status_code == 404
