"""The report of a calculation: issued once, with everything it rests on."""

from io import BytesIO

import pytest
from docx import Document

from hudun.affairs.coverage import actions
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.paper.models import IssuedPaper, PaperFile
from hudun.core.testing import Cast

from .conftest import Ask, Login

pytestmark = pytest.mark.django_db


def words(paper: IssuedPaper) -> str:
    stored = PaperFile.objects.get(paper=paper, media="docx")
    document = Document(BytesIO(bytes(stored.content)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_it_says_figures_denominators_and_inputs(ready: Cast, ask: Ask, login: Login) -> None:
    survey = ask()
    answer = login("li").post(f"{survey.url}report/")
    assert answer.status_code == 302
    paper = IssuedPaper.objects.about(survey).get()
    text = words(paper)
    for said in (
        "音响覆盖计算报告", "1500", "1000", "66.7%", "国人防〔2007〕120号", "CPG 1-17", "1公里",
        "听不到的片区", "坡子街街道", "乙社区", survey.layers["buildings"]["digest"][:12],
        "频谱为假定",
    ):  # fmt: skip
        assert said in text, said
    page = login("wang").get(survey.url).content.decode()
    assert paper.number in page
    assert f"/papers/{paper.pk}.pdf" in page
    line = JournalLine.objects.get(verb="coverage.issue_report")
    assert line.content["note"]["paper"] == paper.number
    assert login("qian").get(f"/papers/{paper.pk}.pdf").status_code == 404


def test_a_second_one_needs_a_reason(ready: Cast, ask: Ask, login: Login) -> None:
    survey = ask()
    first = actions.issue_report(ready.actor("li"), survey)
    with pytest.raises(Problem, match=r"409\.202"):
        actions.issue_report(ready.actor("li"), survey)
    second = actions.issue_report(ready.actor("li"), survey, reason="改了落款")
    assert f"本件代替{first.number}" in words(second)
    assert login("wang").post(f"{survey.url}report/").status_code == 403
    assert login("li").get(f"{survey.url}report/").status_code == 405
