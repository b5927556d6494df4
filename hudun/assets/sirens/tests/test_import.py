"""A clerk's sheet: bad rows named, good rows kept or nothing, the second time nothing changes."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook

from hudun.assets.sirens.models import Siren
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Role
from hudun.core.testing import Cast, make_person

from .conftest import Login, MakeSiren

pytestmark = pytest.mark.django_db

HEAD = ["编号", "名称", "类型", "所在街镇", "坐标系", "经度", "纬度", "纳入统控", "设点单位电话"]
GOOD: list[list[Any]] = [
    [
        11,
        "白沙井警报点",
        "电声",
        "城南路街道/白沙井社区",
        "GCJ-02（高德、腾讯）",
        112.98,
        28.17,
        "是",
        "",
    ],
    [12, "坡子街警报点", "电动", "坡子街街道", "", "", "", "否", "0731-85550012"],
]
BAD: list[list[Any]] = [
    [13, "", "电动", "坡子街街道", "", "", "", "是", ""],
    [14, "甲", "喇叭", "坡子街街道", "", "", "", "是", ""],
    [15, "乙", "电动", "老街街道", "", "", "", "是", ""],
    [16, "丙", "电动", "坡子街街道", "", 28.17, 112.98, "是", ""],
    [11, "丁", "电动", "坡子街街道", "", "", "", "是", ""],
    ["", "戊", "电动", "坡子街街道", "", "", "", "是", ""],
    [17, "己", "电动", "坡子街街道", "", "", "", "是", "没有"],
]
REASONS = ["名称", "喇叭", "老街街道", "填反", "第 2 行", "编号：没有填写", "电话号码"]


def sheet(rows: list[list[Any]], head: list[str] = HEAD) -> BytesIO:
    book = Workbook()
    assert book.active is not None
    for row in [head, *rows]:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "台账.xlsx"
    return out


def preview(client: Client, rows: list[list[Any]], head: list[str] = HEAD) -> Any:
    return client.post("/sirens/import/", {"file": sheet(rows, head)}, follow=True)


def confirm(client: Client, page: Any, keep: str) -> Any:
    return client.post(page.redirect_chain[-1][0], {"keep": keep}, follow=True)


@pytest.fixture
def clerk(login: Login) -> Client:
    return login("zhang")


def test_preview_names_each_bad_row_and_writes_nothing(clerk: Client) -> None:
    page = preview(clerk, [*GOOD, *BAD])
    assert page.context["outcome"].counts == {"new": 2, "change": 0, "same": 0, "bad": 7}
    for row, reason in zip(page.context["bad"], REASONS, strict=True):
        assert reason in "".join(row.errors)
    assert not Siren.objects.exists()
    assert not JournalLine.objects.exists()


def test_all_or_nothing_keeps_nothing(clerk: Client) -> None:
    answer = confirm(clerk, preview(clerk, [*GOOD, BAD[0]]), "all")
    assert answer.status_code == 422
    assert "没有导入任何一行" in answer.content.decode()
    assert not Siren.objects.exists()
    kept = clerk.post(answer.request["PATH_INFO"], {"keep": "good"}, follow=True)
    assert "新增 2 条" in kept.content.decode()


def test_good_rows_are_kept_and_journaled(clerk: Client, cast: Cast) -> None:
    answer = confirm(clerk, preview(clerk, [*GOOD, *BAD]), "good")
    assert "新增 2 条" in answer.content.decode()
    siren = Siren.objects.get(number=11)
    assert siren.organ == cast.stage.baishajing
    assert siren.lon is not None
    assert abs(siren.lon - 112.98) > 0.004, "GCJ-02 was taken for true coordinates"
    line = JournalLine.objects.of(siren).get()
    assert (line.content["source"], line.content["reason"]) == ("import", "导入 台账.xlsx")
    assert line.person == cast.zhang


def test_second_time_changes_nothing(clerk: Client) -> None:
    confirm(clerk, preview(clerk, GOOD), "all")
    lines = JournalLine.objects.count()
    page = preview(clerk, GOOD)
    assert page.context["outcome"].counts == {"new": 0, "change": 0, "same": 2, "bad": 0}
    confirm(clerk, page, "all")
    assert JournalLine.objects.count() == lines


def test_changed_cell_is_shown_and_carried_out(clerk: Client) -> None:
    confirm(clerk, preview(clerk, GOOD), "all")
    changed: list[list[Any]] = [[11, "白沙井新警报点", *GOOD[0][2:]]]
    page = preview(clerk, changed)
    assert page.context["change"][0].changes == [("名称", "白沙井警报点", "白沙井新警报点")]
    confirm(clerk, page, "all")
    assert Siren.objects.get(number=11).name == "白沙井新警报点"


def test_column_that_is_not_there_is_left_alone(clerk: Client) -> None:
    confirm(clerk, preview(clerk, GOOD), "all")
    page = preview(clerk, [[12, "改名"]], ["编号", "名称"])
    assert page.context["outcome"].counts["change"] == 1
    confirm(clerk, page, "all")
    siren = Siren.objects.get(number=12)
    assert (siren.name, siren.site_phone, siren.kind) == ("改名", "0731-85550012", "motor")


def test_confirming_twice_does_it_once(clerk: Client) -> None:
    page = preview(clerk, GOOD)
    confirm(clerk, page, "all")
    assert confirm(clerk, page, "all").status_code == 409
    assert Siren.objects.count() == 2


def test_draft_is_its_owners(clerk: Client, login: Login) -> None:
    page = preview(clerk, GOOD)
    assert confirm(login("qian"), page, "all").status_code == 409
    assert confirm(login("li"), page, "all").status_code == 409
    assert not Siren.objects.exists()


def test_number_taken_out_of_sight_is_not_overwritten(cast: Cast, make_siren: MakeSiren) -> None:
    """A clerk of one street must not rename a siren of another by its number."""
    other = make_siren(12, organ=cast.stage.chengnanlu)
    make_person("jie", "街办科员", cast.stage.pozijie, Role.CLERK)
    client = Client()
    client.force_login(
        type(cast.li).objects.get(username="jie"), "django.contrib.auth.backends.ModelBackend"
    )
    page = preview(client, [GOOD[1]])
    assert page.context["outcome"].counts["bad"] == 1
    other.refresh_from_db()
    assert other.name == "警报器12"


def test_what_is_no_sheet_is_refused(clerk: Client) -> None:
    file = BytesIO(b"hello")
    file.name = "a.xlsx"
    answer = clerk.post("/sirens/import/", {"file": file})
    assert answer.status_code == 422
    assert ".xlsx" in answer.content.decode()
    assert clerk.post("/sirens/import/", {}).status_code == 422
