"""音响覆盖报告: one calculation, told to the upper level. From the JSON that the planner left."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from PIL import Image

from hudun.affairs.coverage.models import Survey
from hudun.core import clock
from hudun.core.paper.numbering import percent
from hudun.core.paper.tree import (
    Align,
    Attachment,
    Block,
    Column,
    Figure,
    Heading,
    Imprint,
    Lead,
    ListOf,
    Mark,
    Paper,
    Paragraph,
    Run,
    Signature,
    Table,
    number,
)
from hudun.office.letterhead import Letterhead

Json = dict[str, Any]
MOST_ZONES, MOST_PLACES = 20, 200
WIDEST_MM, HIGHEST_MM = 140.0, 150.0
ACCURACY = (
    "GB/T 17247.2注明的精度只到1公里。在听得到的室外地面中，最近的可闻警报器在1公里以外的占{far}，"
    "这一部分只供参考。"
)
METHODS = (
    ("figures", "物理模型（GB/T 17247.2）"),
    ("statutory", "国人防〔2007〕120号公式"),
    ("fema", "FEMA CPG 1-17"),
)


def report(survey: Survey, head: Letterhead, at: datetime, *, approver: str, remark: str) -> Paper:
    """Without a number: issuing gives it one."""
    today = clock.beijing(at).date()
    result = survey.run.result
    return Paper(
        title="音响覆盖计算报告" + ("\n（模拟数据）" if survey.simulated or settings.DEMO else ""),
        issuer=head.name,
        addressee=head.superior,
        body=tuple(body(survey, result)),
        signature=Signature(head.name, today),
        attachments=tuple(attachments(survey, result)),
        remark=remark,
        source_notes=(f"数据取自{clock.beijing(survey.asked_at):%Y年%-m月%-d日}提交的计算。",),
        imprint=Imprint(head.name, today),
        red_head=True,
        approver=approver,
    )


def body(survey: Survey, result: Json) -> Iterator[Block]:
    if survey.simulated or settings.DEMO:
        yield Paragraph(Run("底图或警报器为模拟数据，本报告不反映真实情况。", strong=True))
    yield lead(survey, result)
    yield Heading(1, "计算结果")
    yield methods_table(result)
    yield Paragraph(ACCURACY.format(far=f"{result['far']:.1%}"))
    yield picture(survey)
    yield Heading(1, "听不到的地方")
    yield from silent(survey, result)
    if result["streets"]:
        yield Heading(1, "各街道情况")
        yield places_table(result["streets"], f"各街道人口覆盖（{result['basis']}）", "streets")
    yield Heading(1, "怎样算听得到")
    yield Paragraph(
        "全部警报器能量相加后的声级不低于可闻下限，也不低于环境声级加规定的裕量，算听得到。"
        "面积的分母是建成区里的室外地面；住在楼里的人按最近的室外点计。全部输入见附件。"
    )
    yield Paragraph("特此报告。")


def lead(survey: Survey, result: Json) -> Lead:
    got, url = result["figures"], survey.url
    words: list[str | Run] = [
        f"我办对{survey.organ}的音响覆盖作了计算，共计警报器",
        number(len(survey.sirens), url, "台"), "。建成区室外地面",
        number(f"{got['built_up_m2'] / 1e6:.2f}", url, "平方公里"), "，听得到的",
        number(f"{got['covered_m2'] / 1e6:.2f}", url, "平方公里"), "，面积覆盖率",
        Run(percent(got["covered_m2"], got["built_up_m2"]), url),
    ]  # fmt: skip
    if got["people"]:
        words += [
            "；人口", number(got["people"], url, "人"), "，听得到的",
            number(got["hearing"], url, "人"), "，人口覆盖率",
            Run(percent(got["hearing"], got["people"]), url),
        ]  # fmt: skip
    return Lead([*words, "。现将有关情况报告如下。"])


def methods_table(result: Json) -> Table:
    columns = (
        Column("算法", 2.6, Align.LEFT), Column("覆盖（km²）", 1.2), Column("建成区（km²）", 1.2),
        Column("面积覆盖率", 1.0), Column("听得到（人）", 1.3), Column("人口（人）", 1.3),
        Column("人口覆盖率", 1.0),
    )  # fmt: skip
    rows = tuple(method_row(label, result[key]) for key, label in METHODS)
    return Table(columns, rows, "各种算法的覆盖率", "methods", "120号公式不含高出背景5分贝的要求。")


def method_row(label: str, got: Json) -> tuple[str, ...]:
    return (
        label, f"{got['covered_m2'] / 1e6:.3f}", f"{got['built_up_m2'] / 1e6:.3f}",
        percent(got["covered_m2"], got["built_up_m2"]), str(got["hearing"]), str(got["people"]),
        percent(got["hearing"], got["people"]),
    )  # fmt: skip


def picture(survey: Survey) -> Figure:
    """As large as a page takes beside its caption."""
    drawn = survey.run.file("print.png").read_bytes()
    wide, high = Image.open(BytesIO(drawn)).size
    return Figure(
        framed(drawn, wide, high),
        "svg",
        "声级图（蓝色听得到，每深一级高5分贝；斜纹听不到；灰色建筑物；红点警报器）",
        alt="声级图",
        width_mm=min(WIDEST_MM, HIGHEST_MM * wide / high),
    )


def framed(png: bytes, wide: int, high: int) -> bytes:
    """Set as a drawing: the writers take those."""
    href = f"data:image/png;base64,{b64encode(png).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}">'
        f'<image width="{wide}" height="{high}" href="{href}"/></svg>'
    ).encode()


def silent(survey: Survey, result: Json) -> Iterator[Block]:
    zones = result["zones"][:MOST_ZONES]
    if not zones:
        yield Paragraph("建成区里没有听不到的地方。")
        return
    counted = number(result["zone_count"], survey.url, "处")
    yield Paragraph(["听不到的片区共", counted, "，人口较多的见", Run("下表", "#zones"), "。"])
    columns = (
        Column("序号", 0.6), Column("人口", 0.9), Column("公顷", 0.9),
        Column("街道、社区", 3.0, Align.LEFT), Column("位置（经度，纬度）", 2.2),
    )  # fmt: skip
    rows = tuple(
        (str(n), str(one["people"]), f"{one['m2'] / 1e4:.2f}", one["place"] or "—",
         f"{one['lon']:.5f}，{one['lat']:.5f}")
        for n, one in enumerate(zones, 1)
    )  # fmt: skip
    yield Table(columns, rows, "听不到的片区（按人口）", "zones")


def places_table(places: list[Json], caption: str, name: str) -> Table:
    columns = (
        Column("街道", 2.0, Align.LEFT), Column("社区", 2.4, Align.LEFT), Column("人口", 1.1),
        Column("听得到", 1.1), Column("覆盖率", 1.0),
    )  # fmt: skip
    rows = tuple(
        (one["street"] or "—", one["community"] or "—", str(one["people"]), str(one["hearing"]),
         percent(one["hearing"], one["people"]))
        for one in places
    )  # fmt: skip
    return Table(columns, rows, caption, name)


def attachments(survey: Survey, result: Json) -> Iterator[Attachment]:
    lines = [layer["line"] for layer in survey.layers.values()] + result["inputs"]
    given = ListOf(tuple(line.strip() for line in lines), Mark.ARABIC)
    yield Attachment("全部输入", (given,))
    if result["places"]:
        worst = sorted(result["places"], key=lambda one: one["hearing"] - one["people"])
        table = places_table(worst[:MOST_PLACES], "", "communities")
        yield Attachment("各社区人口覆盖", (table,))
