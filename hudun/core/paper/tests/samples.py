"""Two papers as an office issues them: a long report and a notice of one page."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from hudun.core.paper.figure import Bar, Dot, Kind, Shape, dot_map, ratio_bars
from hudun.core.paper.fonts import FontSet, fonts_at
from hudun.core.paper.tree import (
    Align,
    Attachment,
    Column,
    Content,
    Figure,
    Heading,
    Imprint,
    Lead,
    ListOf,
    Mark,
    Moment,
    Paper,
    Paragraph,
    Run,
    Signature,
    Table,
    Timeline,
    number,
)

OFFICE = "望城市岳山区设施运行管理办公室"
WRITTEN = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
HOME = "https://office.example/"
HEAD = f"430199:1523:{'3f2a91bc' * 8}"
HOSTILE = (
    '#import "x": * $x^2$ *bold* _i_ <lab> @ref \\ `raw` // c /* d */ [a] {b} "q" ~ -- = & </w:t>'
)

STREETS = (
    "坡子街街道",
    "城南路街道",
    "裕南街街道",
    "金盆岭街道",
    "新开铺街道",
    "青园街道",
    "桂花坪街道",
)
LONG_NAME = "新开铺街道新天村社区居民委员会老年人日间照料中心综合服务楼（原第三机床厂职工俱乐部）"

COLUMNS = (
    Column("序号", 0.8),
    Column("编号", 1.4),
    Column("名称", 4.9, Align.LEFT),
    Column("所在街道", 1.9),
    Column("开始时间", 1.4),
    Column("偏差（秒）", 1.3, Align.RIGHT),
    Column("结果", 1.1),
)
KINDS = {
    "done": Kind("完成", Shape.CIRCLE),
    "late": Kind("迟到", Shape.TRIANGLE, filled=False),
    "silent": Kind("无响应", Shape.CROSS),
}
OUTLINE = [[112.93, 28.03], [112.99, 28.05], [113.02, 28.13], [112.98, 28.2], [112.94, 28.16]]


@cache
def fonts() -> FontSet:
    return fonts_at(Path(settings.BASE_DIR))


def outcome(n: int) -> str:
    return "silent" if n in (7, 41) else "late" if n == 23 else "done"


def rows() -> tuple[tuple[Content, ...], ...]:
    return tuple(_row(n) for n in range(1, 61))


def _row(n: int) -> tuple[Content, ...]:
    street = STREETS[n % len(STREETS)]
    name = LONG_NAME if n % 17 == 5 else f"{street}第{n}号点办公楼楼顶"
    kind = outcome(n)
    began = "—" if kind == "silent" else f"10:00:{n % 3:02d}"
    label = KINDS[kind].label
    shown: Content = label if kind == "done" else number(label, f"/points/{n}")
    return (str(n), f"TX-{n:04d}", name, street, began, f"{n % 3 - 1:+d}.{n % 10}", shown)


def bars() -> bytes:
    return ratio_bars([Bar(street, 8 - n % 2, 8 + n % 3) for n, street in enumerate(STREETS)])


def point_map() -> bytes:
    dots = [Dot(112.945 + n % 8 * 0.007, 28.07 + n // 8 * 0.012, outcome(n + 1)) for n in range(60)]
    return dot_map([[*OUTLINE, OUTLINE[0]]], dots, KINDS, "底图：示意，位置为虚构")


LEAD = Lead(
    (
        "按照年度计划，我办于2026年11月1日上午组织了全区设备试运行，共涉及",
        number(7, "/streets", "个"),
        "街道、",
        number(60, "/points", "台"),
        "设备。实际运行",
        number(58, "#points", "台"),
        "，运行率",
        number("96.7", "/facts/ratio", "%"),
        "。现将情况报告如下。",
    )
)
TALK = (
    "各街道按照统一部署，提前五日发布公告，逐台检查供电、通信和控制线路，落实值守人员，"
    "明确处置流程，试运行期间秩序平稳，未接到群众投诉，未发生安全问题。"
)


def report() -> Paper:
    return Paper(
        title="关于2026年度全区设备试运行组织实施情况及下一步工作安排的报告",
        issuer=OFFICE,
        number="岳设管〔2026〕15号",
        addressee="望城市设施运行管理办公室",
        body=_report_body(),
        signature=Signature(OFFICE, date(2026, 11, 3)),
        attachments=(
            Attachment("未响应设备清单", (Table(COLUMNS, rows()[6:7], "未响应设备"),)),
            Attachment("试运行组织机构和职责分工", (Heading(1, "组织机构"), Paragraph(TALK))),
        ),
        remark="联系人：李某某，联系电话：0731-00000000",
        source_notes=(
            ("数据截至2026年11月2日18时，取自设备台账（", number("第12版", "/ledger/12"), "）。"),
            "偏差为运行开始时间与计划时间之差，正数为迟。",
        ),
        imprint=Imprint(OFFICE, date(2026, 11, 3), ("区人民政府办公室", "区应急管理局")),
        red_head=True,
        approver="周某某",
        secrecy="内部",
        journal=HEAD,
    )


def _report_body() -> tuple:  # type: ignore[type-arg]
    return (
        LEAD,
        Heading(1, "基本情况"),
        Paragraph(TALK * 3),
        Heading(2, "组织准备"),
        ListOf((f"加强领导。{TALK}", f"细化方案。{TALK}", f"严格落实。{TALK}")),
        Heading(2, "运行结果"),
        Paragraph(
            ("各点情况见", Run("表1", "#points"), "，各街道运行率见", Run("图1", "#bars"), "。")
        ),
        Heading(3, "分街道情况"),
        Paragraph(TALK * 4),
        Heading(4, "原始记录"),
        Paragraph(HOSTILE),
        Table(COLUMNS, rows(), "各点运行情况", "points", "注：名称以台账登记为准。"),
        Figure(bars(), "svg", "各街道运行率", "七个街道运行率的横条图", name="bars"),
        Figure(point_map(), "svg", "各点位置和结果", "六十个点的位置图", name="map"),
        Timeline(
            (
                Moment("10:00:00", "第一段开始"),
                Moment("10:03:00", ("第一段结束，其中", number(2, "#points", "台"), "未响应")),
                Moment("10:23:00", "全部结束"),
            ),
            "试运行过程",
        ),
        Heading(1, "下一步工作"),
        ListOf(("十一月底前修复未响应设备；", "完善台账；", "组织培训。"), Mark.BRACKET),
        Paragraph("特此报告。"),
    )


def notice() -> Paper:
    return Paper(
        title="关于开展2026年第四季度设备检查的通知",
        issuer=OFFICE,
        number="岳设管〔2026〕7号",
        addressee="各街道办事处",
        body=(
            Lead(TALK),
            Heading(1, "检查时间"),
            Paragraph("2026年11月10日至11月20日。"),
            Heading(1, "检查内容"),
            ListOf(("供电；", "通信；", "控制。"), Mark.ARABIC),
            Paragraph("请各单位高度重视，认真组织实施。"),
        ),
        signature=Signature(OFFICE, date(2026, 11, 3), sealed=False),
        journal=HEAD,
    )


def page_of_text(lines: int = 60) -> Paper:
    """Nothing but full lines, to count by."""
    return Paper("标题", OFFICE, (Paragraph("测" * 28 * lines, indent=False),), journal=HEAD)
