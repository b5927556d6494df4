"""The report: what it says, that every figure opens, that sums come out, who may issue it."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader
from pytest_django import Settings

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.actions import issue_report
from hudun.affairs.soundings.actions.papers import file_report
from hudun.affairs.soundings.models import Plan, SirenStatus, Verdict
from hudun.affairs.soundings.papers import (
    REPORT,
    check,
    letterhead,
    paper_kind,
    recount,
    report,
    tables,
)
from hudun.affairs.soundings.result import Result, listed, result_of
from hudun.affairs.soundings.testing import Office, Time, system
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.paper.issue import compose
from hudun.core.paper.models import IssuedPaper, Media, PaperFile
from hudun.core.paper.prepare import all_runs, blocks_of, prepare
from hudun.core.paper.tree import Heading, Lead, Paper, Paragraph, Run, Table, Timeline, plain
from hudun.wire.frames import Mode

from .sounded import CUT, LOST, SILENT, UNPROVED, Fate, Sounded, finished

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://office.example/soundings/plans/.*\?list=([a-z-]+)(?:&signal=(\d))?")
COUNTS = ("rates", "composition", "signals")
FATES: dict[int, Fate] = {2: SILENT, 4: UNPROVED, 5: {0: finished(3200)}}


@pytest.fixture
def sounded(office: Office, time: Time) -> Sounded:
    made = Sounded(office, time)
    made.open_office()
    return made


def told(result: Result) -> Paper:
    return report(result, letterhead(result.organ), clock.now(), approver="周主任")


def text_of(paper: Paper) -> str:
    """Everything that the body says in sentences."""
    said = (block for block in blocks_of(paper) if isinstance(block, Lead | Paragraph))
    return "\n".join(plain(block.content) for block in said)


def table(paper: Paper, name: str) -> list[list[str]]:
    [found] = [b for b in blocks_of(paper) if isinstance(b, Table) and b.name == name]
    return [[plain(cell) for cell in row] for row in found.rows]


def test_the_lead_has_the_numbers(sounded: Sounded) -> None:
    paper = told(result_of(sounded.whole(6, FATES)))
    said = text_of(paper)
    assert "应鸣警报器6台，按令鸣响4台，鸣响率66.7%" in said
    assert "信号、起始和时长均准确3台，准确率50.0%" in said
    assert "统控鸣响4台，统控率66.7%" in said
    assert "另有无鸣响证明的1台，不计入鸣响" in said
    assert "登记在册警报器6台，完好6台，完好率100%" in said
    assert paper.title == "关于2026 年 11·1\n防空警报试鸣情况的报告"
    assert paper.addressee == "长沙市人民防空办公室"


def test_its_parts_are_those_of_the_trade(sounded: Sounded) -> None:
    paper = told(result_of(sounded.whole(6, FATES)))
    heads = [block.text for block in paper.body if isinstance(block, Heading)]
    assert heads == [
        "基本情况", "鸣放结果", "各信号情况", "未达到要求的警报器及原因", "时间线", "图",
    ]  # fmt: skip
    assert [row[0] for row in table(paper, "rates")] == ["鸣响率", "准确率", "统控率", "完好率"]
    assert [row[2:4] for row in table(paper, "rates")] == [
        ["4", "6"], ["3", "6"], ["4", "6"], ["6", "6"],
    ]  # fmt: skip
    assert [row[1] for row in table(paper, "composition")] == ["4", "0", "1", "1", "6"]
    assert len(table(paper, "sirens")) == 6
    assert [row[0] for row in table(paper, "signals")] == ["预先", "空袭", "解除"]


def test_each_siren_that_failed_has_its_reason(sounded: Sounded) -> None:
    rows = table(told(result_of(sounded.whole(6, FATES))), "shortfall")
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("2", "未鸣响", "检测装置未检出声音"),
        ("4", "无证明", "终端无检测装置"),
        ("5", "不准确", "预先：起始晚3.2秒"),
    ]


def test_every_count_opens_a_list_of_that_many(sounded: Sounded) -> None:
    result = result_of(sounded.whole(6, FATES))
    opened = 0
    for run in all_runs(prepare(told(result), "http://office.example/")):
        link = LINK.fullmatch(run.ref)
        count = re.fullmatch(r"(\d+)台?", run.text)
        if link and count:
            signal = int(link[2]) if link[2] else None
            assert len(listed(result, link[1], signal)) == int(count[1]), run
            opened += 1
    assert opened > 35


def test_no_figure_of_a_table_stands_without_its_list(sounded: Sounded) -> None:
    paper = told(result_of(sounded.whole(6, FATES)))
    counted = [b for b in blocks_of(paper) if isinstance(b, Table) and b.name in COUNTS]
    figures = [
        cell
        for block in counted
        for row in block.rows
        for cell in row
        if re.fullmatch(r"\d+|[\d.]+%", plain(cell))
    ]
    assert len(figures) > 30
    assert all(isinstance(cell, Run) and cell.ref for cell in figures)


def test_nothing_failed_is_said_in_one_sentence(sounded: Sounded) -> None:
    paper = told(result_of(sounded.whole(6, {})))
    assert "没有未达到要求的警报器" in text_of(paper)
    assert all(not isinstance(b, Table) or b.name != "shortfall" for b in blocks_of(paper))


def test_a_long_programme_is_counted_in_a_siren_s_row(
    sounded: Sounded, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = result_of(sounded.whole(6, {5: {1: LOST, 2: LOST}}))
    monkeypatch.setattr(tables, "SHOWN_SIGNALS", 2)
    rows = table(told(result), "sirens")
    assert [row[3] for row in rows] == ["3/3", "3/3", "3/3", "3/3", "1/3", "3/3"]


def test_a_long_list_of_failures_becomes_an_attachment(sounded: Sounded) -> None:
    paper = told(result_of(sounded.whole(30, dict.fromkeys(range(1, 31), LOST))))
    assert [a.title for a in paper.attachments] == ["逐台鸣放情况表", "未达到要求的警报器及原因"]
    assert "失联30台（无任何回音）" in text_of(paper)
    assert len(table(paper, "shortfall")) == 30


def test_a_stopped_sounding_says_so_before_its_rates(sounded: Sounded) -> None:
    sounded.plant(6)
    order = sounded.order()
    sounded.begin(order)
    sounded.stop(order, 520)
    sounded.judge(order, {n: {1: CUT, 2: CUT} for n in range(1, 7)})
    paper = told(result_of(sounded.close(order)))
    said = text_of(paper)
    assert "9时38分40秒按下停止（全部警报器），6台全部停声，最后一台距按下0.8秒" in said
    assert "停止前鸣放完的预先警报鸣响率100%，准确率100%" in said
    assert said.index("按下停止") < said.index("鸣响率0%")
    [line] = [block for block in paper.body if isinstance(block, Timeline)]
    assert "9:38:40.0" in "".join(moment.when for moment in line.moments)


def test_simulated_terminals_are_said(sounded: Sounded, settings: Settings) -> None:
    plan = sounded.whole(3, {})
    office = sounded.office.issuer.number
    assert "演示数据" not in text_of(told(result_of(plan)))
    SirenStatus.objects.create(office=office, siren=2, firmware="hudun 0.1 simulated")
    paper = told(result_of(plan))
    assert "应鸣警报器3台中有1台为模拟终端" in text_of(paper)
    assert paper.title.endswith("（演示数据）")
    settings.DEMO = True
    assert "位置、设点单位和人员均为虚构" in text_of(told(result_of(plan)))


def test_a_sum_that_does_not_come_out_stops_the_report(sounded: Sounded) -> None:
    result = result_of(sounded.whole(6, FATES))
    paper = told(result)
    check(result, paper)
    with pytest.raises(Problem, match=r"422\.60.*逐台表5台，应鸣6台"):
        short = replace(result, rows=result.rows[1:])
        vars(short)["whole"] = result.whole
        check(short, paper)


def test_a_printed_column_is_added_up(sounded: Sounded) -> None:
    result = result_of(sounded.whole(6, FATES))
    paper = told(result)
    wrong = tuple(
        replace(block, rows=(("统控鸣响", "7", ""), *block.rows[1:]))
        if isinstance(block, Table) and block.name == "composition"
        else block
        for block in paper.body
    )
    with pytest.raises(Problem, match=r"422\.60.*应鸣警报器构成.*台数"):
        check(result, replace(paper, body=wrong))


def test_issuing_leaves_a_line_and_two_files(sounded: Sounded) -> None:
    plan = sounded.whole(6, FATES)
    issued = issue_report(sounded.office.cast.actor("zhou"), plan)
    assert issued.number == "天人防报〔2026〕1号"
    assert list(IssuedPaper.objects.about(plan)) == [issued]
    line = JournalLine.objects.get(verb="soundings.issue_report")
    assert line.content["note"]["sounded"] == 4
    assert line.object_id == str(plan.pk)
    assert issued.pdf_digest in line.body


@pytest.mark.papers
def test_both_files_say_the_same_numbers(sounded: Sounded) -> None:
    issued = issue_report(sounded.office.cast.actor("zhou"), sounded.whole(60, FATES))
    files = {file.media: bytes(file.content) for file in PaperFile.objects.filter(paper=issued)}
    pages = PdfReader(BytesIO(files[Media.PDF])).pages
    pdf = "".join(page.extract_text() for page in pages).replace("\n", "")
    word = docx.Document(BytesIO(files[Media.DOCX]))
    said = "".join(p.text for p in word.paragraphs)
    for words in ("按令鸣响58台，鸣响率96.7%", "准确57台，准确率95.0%", "天人防报〔2026〕1号"):
        assert words in pdf
        assert words in said
    links = {
        target["/A"]["/URI"]
        for page in pages
        for target in (one.get_object() for one in page.get("/Annots", ()))
        if "/A" in target and "/URI" in target["/A"]
    }
    assert f"http://localhost:8000{result_of(issued_plan(issued)).url('failed')}" in links


def issued_plan(issued: IssuedPaper) -> Plan:
    return Plan.objects.get(pk=issued.about_id)


def test_who_may_issue(sounded: Sounded) -> None:
    plan = sounded.whole(2, {})
    cast = sounded.office.cast
    for name, number in (("qian", "404.1"), ("wang", "403.1"), ("zhao", "404.1")):
        with pytest.raises(Problem, match=re.escape(number)):
            issue_report(cast.actor(name), plan)
    assert not IssuedPaper.objects.exists()
    assert issue_report(cast.actor("li"), plan).issued_by == cast.li


def test_not_before_every_verdict_is_in(sounded: Sounded) -> None:
    sounded.plant(2)
    order = sounded.order()
    sounded.begin(order)
    assert order.plan is not None
    with pytest.raises(Problem, match=r"409\.60.*还有6项结论没有收齐"):
        issue_report(sounded.office.cast.actor("zhou"), order.plan)


def test_not_for_a_silent_test(sounded: Sounded) -> None:
    sounded.plant(2)
    plan = sounded.office.plan(mode=Mode.SILENT)
    with pytest.raises(Problem, match=r"422\.61"):
        issue_report(sounded.office.cast.actor("zhou"), plan)


def test_a_second_report_needs_a_reason_and_names_the_first(sounded: Sounded) -> None:
    plan = sounded.whole(2, {})
    zhou = sounded.office.cast.actor("zhou")
    first = issue_report(zhou, plan)
    with pytest.raises(Problem, match=r"409\.61.*天人防报〔2026〕1号"):
        issue_report(zhou, plan)
    second = issue_report(zhou, plan, reason="补收回执")
    assert second.number == "天人防报〔2026〕2号"
    line = JournalLine.objects.filter(verb="soundings.issue_report").newest_first()[0]
    assert line.content["reason"] == "补收回执"
    [pdf] = PaperFile.objects.filter(paper=second, media=Media.PDF)
    read = "".join(page.extract_text() for page in PdfReader(BytesIO(bytes(pdf.content))).pages)
    assert f"本件代替{first.number}。理由：补收回执" in read.replace("\n", "")


def test_a_late_receipt_between_counting_and_issuing_is_noticed(sounded: Sounded) -> None:
    plan = sounded.whole(2, {2: LOST})
    result = result_of(plan)
    head, zhou = letterhead(plan.organ), sounded.office.cast.actor("zhou")
    made = compose(told(result), paper_kind(REPORT, head), plan.organ, clock.now())
    assert list(recount(result)) == []
    Verdict.objects.filter(siren=2, position=0).update(verdict=1, accurate=True)
    with pytest.raises(Problem, match=r"409\.62"):
        file_report(zhou, plan, made, result)
    assert not IssuedPaper.objects.exists()


def test_a_live_order_without_a_plan_is_reported_too(sounded: Sounded) -> None:
    sounded.plant(2)
    order = sounded.office.immediate(Mode.LIVE, "空袭")
    sounded.judge(order, {2: SILENT})
    sounded.time.set(clock.now() + timedelta(minutes=5))
    actions.begin_order(system(sounded.office), order)
    actions.close_order(system(sounded.office), order)
    order.refresh_from_db()
    issued = issue_report(sounded.office.cast.actor("zhou"), order)
    assert issued.title == "关于检验防空警报鸣放情况的报告"
