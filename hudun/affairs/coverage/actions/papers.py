"""Issuing the report of a calculation: set before the transaction, numbered inside it."""

from hudun.affairs.coverage.flow import HEADS
from hudun.affairs.coverage.models import Survey
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.action.checks import check_rights
from hudun.core.error import Problem
from hudun.core.paper.issue import Composed, PaperKind, compose, issue
from hudun.core.paper.models import IssuedPaper
from hudun.office.letterhead import letterhead

REPORT, MARK = "coverage.report", "音报"


def issue_report(actor: Actor, survey: Survey, *, reason: str = "") -> IssuedPaper:
    """A second one on the same calculation needs a reason, and says that it takes its place."""
    from hudun.affairs.coverage.report import report

    check_rights(actor, survey.organ, file_report.roles, file_report.label)
    if survey.run.state != "done" or survey.state == "void":
        raise Problem("409.201")
    head, now = letterhead(survey.organ), clock.now()
    remark = instead_of(survey, reason)
    paper = report(survey, head, now, approver=str(actor.user or ""), remark=remark)
    made = compose(paper, PaperKind(REPORT, head.prefix + MARK), survey.organ, now)
    return file_report(actor.because(reason), survey, made)


def instead_of(survey: Survey, reason: str) -> str:
    earlier = IssuedPaper.objects.about(survey).filter(kind=REPORT).first()
    if earlier is None:
        return ""
    if not reason:
        raise Problem("409.202", paper=earlier.number, fields={"reason": "请填写理由"})
    return f"本件代替{earlier.number}。理由：{reason}"


@action("coverage.issue_report", label="印发音响覆盖报告", roles=HEADS)
def file_report(act: Act, survey: Survey, made: Composed) -> IssuedPaper:
    act.note(paper=made.paper.number)
    return issue(act, made, made.kind, about=survey)
