"""Sheets that mean harm or are merely wrong: every row answered for, nothing harmed."""

import io
import resource
import zipfile
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from hudun.assets.shelters.ledger import ShelterLedger
from hudun.assets.shelters.models import Shelter
from hudun.assets.shelters.testing import plant_counties, rows, workbook
from hudun.core.journal.models import JournalLine
from hudun.core.ledger.importing import plan, take_up
from hudun.core.ledger.ledger import ledgers
from hudun.core.ledger.sheet import Heading, write
from hudun.core.testing import Cast

from .conftest import Login, MakeShelter

pytestmark = pytest.mark.django_db

HEAD = ("工程编号", "名称", "类型", "所在街镇社区", "建成年份", "可掩蔽人数", "经度", "纬度",
        "密级", "分类", "维护单位电话", "维护单位邮箱")  # fmt: skip
GOOD = ("TX-0", "好", "坑道", "坡子街街道", 2009, 100, 112.97, 28.19, "无", "", "", "")
WRONG: dict[int, list[tuple[Any, str]]] = {
    0: [("", "没有填写"), (" ", "没有填写")],
    1: [("", "名称"), ("长" * 500, "100")],
    2: [("山洞", "不在可选范围内"), ("", "类型")],
    3: [("老街街道", "不在您的管辖范围内"), ("=1+1", "不在您的管辖范围内")],
    4: [("去年", "整数"), (1066, "1900"), (20091, "2100"), ("1e400", "整数")],
    5: [("约100", "整数"), (-1, "0"), (1.5, "整数"), (10**12, "1000000")],
    6: [(28.19, "经度"), ("东经", "数"), ("nan", "数"), ("inf", "数"), (1e308, "经度")],
    7: [("", "经度和纬度"), (112.97, "纬度")],
    8: [("机密", "国家秘密"), ("绝密", "422.36")],
    9: [("早期工程", "与建成年份 2009 不符")],
    10: [("没有", "电话"), ("=cmd|' /C calc'!A0", "电话")],
    11: [("不是邮箱", "Email"), ("a@b\r\nBcc: x", "Email")],
}
CASES = [(column, value, why) for column, cases in WRONG.items() for value, why in cases]


def sheet(lines: list[Any]) -> bytes:
    return write("人防工程", [Heading(label) for label in HEAD], lines)


def wrong(i: int) -> list[Any]:
    column, value, _why = CASES[i % len(CASES)]
    line = [f"TX-{i}", *GOOD[1:]]
    line[column] = value
    return line


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def send(client: Client, body: bytes) -> Any:
    file = io.BytesIO(body)
    file.name = "台账.xlsx"
    return client.post("/shelters/import/", {"file": file}, follow=True)


def test_each_wrong_cell_is_named_with_its_reason(login: Login) -> None:
    page = send(login("zhang"), sheet([wrong(i) for i in range(len(CASES))]))
    found = page.context["outcome"].of("bad")
    assert len(found) == len(CASES)
    assert f"有 {len(CASES)} 行不能导入" in page.content.decode()
    assert "422.6" in page.content.decode()
    for row, (column, value, why) in zip(found, CASES, strict=True):
        assert why in "".join(row.errors), (HEAD[column], value, row.errors)
    assert not Shelter.objects.exists()
    assert not JournalLine.objects.exists()


def test_ten_thousand_wrong_rows_stay_within_bounds(cast: Cast) -> None:
    """All are judged; nothing grows beyond the rows themselves."""
    body = sheet([wrong(i) for i in range(9_999)] + [["TX-good", *GOOD[1:]]])
    before = peak_mb()
    ledger = ledgers[ShelterLedger.slug]
    draft = take_up(ledger, cast.zhang, io.BytesIO(body), len(body), "坏表.xlsx")
    counts = plan(ledger, cast.zhang, draft).counts
    assert counts == {"new": 1, "change": 0, "same": 0, "bad": 9_999}
    assert peak_mb() - before < 200


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","点")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_on_the_way_out_is_a_formula(
    make_shelter: MakeShelter, login: Login, text: str
) -> None:
    make_shelter("TX-1", name=f"{text}", maintainer_name=text, remark=text)
    body = login("zhang").get("/shelters/export.xlsx").content
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    cells = [cell for line in load_workbook(io.BytesIO(body)).worksheets[0] for cell in line]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert [c.value for c in cells if isinstance(c.value, str) and text.strip() in c.value]


@pytest.mark.parametrize("made", ["bomb", "nested", "entities", "not a zip"])
def test_a_bomb_is_refused_with_its_number(login: Login, made: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        match made:
            case "bomb":
                archive.writestr("xl/worksheets/sheet1.xml", b"0" * (61 * 1024 * 1024))
            case "nested":
                for i in range(300):
                    archive.writestr(f"xl/{i}.xml", b"x")
            case "entities":
                archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    body = b"PK\x03\x04 nothing" if made == "not a zip" else out.getvalue()
    answer = send(login("zhang"), body)
    assert answer.status_code == 422
    assert "422.5" in answer.content.decode()


def test_real_rows_keep_what_is_not_known(cast: Cast, login: Login) -> None:
    """Of 5,769 real shelters 63 have no capacity and 22 no position (testing/README.md)."""
    real = rows()
    assert len(real) == 5769
    lacking = [row for row in real if row.capacity is None or row.lon is None]
    assert sum(row.capacity is None for row in lacking) == 63
    assert sum(row.lon is None for row in lacking) == 22
    plant_counties(cast.stage.tianxin)
    client = login("zhang")
    page = send(client, workbook([*lacking, *real[:20]]))
    assert page.context["outcome"].counts["bad"] == 0, page.context["bad"]
    client.post(page.redirect_chain[-1][0], {"keep": "all"})
    assert Shelter.objects.capacity_unknown().count() == 63
    assert Shelter.objects.unplaced().count() == 22
    assert len(lacking) + 20 >= Shelter.objects.count() > len(lacking)
