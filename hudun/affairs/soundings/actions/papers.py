"""Issuing the papers of a sounding. Both files are set before the transaction begins, so that
no order or stop waits for type; inside it the number is taken and what was counted is recounted.
"""

from typing import Any

from hudun.affairs.soundings.flow import HEADS, OFFICERS
from hudun.affairs.soundings.models import Alert, Order, Plan, StopOrder
from hudun.affairs.soundings.papers import (
    NOTICE,
    REPORT,
    check,
    letterhead,
    paper_kind,
    public_notice,
    recount,
    report,
    stop_text,
    unfinished,
)
from hudun.affairs.soundings.result import Result, Sounding, result_of
from hudun.core import clock
from hudun.core.action import Act, Action, Actor, action
from hudun.core.action.checks import check_rights
from hudun.core.error import Problem
from hudun.core.paper.issue import Composed, compose, issue
from hudun.core.paper.models import IssuedPaper
from hudun.core.paper.tree import Paper
from hudun.wire.frames import Mode

NOTICED_FROM = ("released", "noticed", "running", "closed", "archived")
Cause = StopOrder | Alert
About = Plan | Order | StopOrder | Alert


def issue_report(actor: Actor, sounding: Sounding, *, reason: str = "") -> IssuedPaper:
    """The report of a sounding whose verdicts are all in; a second one needs a reason."""
    _allow(actor, file_report, sounding)
    if sounding.wire_mode is Mode.SILENT:
        raise Problem("422.61")
    result = result_of(sounding)
    if why := unfinished(result):
        raise Problem("409.60", reason=why)
    remark = _instead_of(sounding, REPORT, reason)
    head, now = letterhead(sounding.organ), clock.now()
    paper = report(result, head, now, approver=str(actor.user or ""), remark=remark)
    check(result, paper)
    made = _set(sounding, paper, REPORT)
    return file_report(actor.because(reason), sounding, made, result)


def issue_notice(actor: Actor, plan: Plan, *, reason: str = "") -> IssuedPaper:
    """The public notice, in the words of the plan."""
    _allow(actor, file_notice, plan)
    if plan.state not in NOTICED_FROM:
        raise Problem("409.63", reason=f"现在的状态是“{Plan.flow.shown(plan).label}”")
    text = plan.notice_text
    return file_notice(actor.because(reason), plan, _notice(plan, text, reason), text)


def issue_stop_notice(
    actor: Actor, cause: Cause, *, text: str = "", reason: str = ""
) -> IssuedPaper:
    """That a sounding was stopped, or that a siren sounded by itself; the text is prepared."""
    _allow(actor, file_stop_notice, cause)
    made = _notice(cause, text or stop_text(cause), reason)
    return file_stop_notice(actor.because(reason), cause, made)


@action("soundings.issue_report", label="印发鸣放情况报告", roles=HEADS)
def file_report(act: Act, sounding: Sounding, made: Composed, result: Result) -> IssuedPaper:
    """Refused when a receipt has changed a verdict since the report was counted."""
    changed = list(recount(result))
    if changed:
        raise Problem("409.62", reason="；".join(changed))
    whole = result.whole
    act.note(
        paper=made.paper.number, ordered=len(whole.ordered), sounded=len(whole.sounded),
        accurate=len(whole.accurate), controlled=len(whole.central),
    )  # fmt: skip
    return issue(act, made, made.kind, about=sounding)


@action("soundings.issue_notice", label="印发鸣放公告", roles=HEADS)
def file_notice(act: Act, plan: Plan, made: Composed, text: str) -> IssuedPaper:
    """Refused when somebody has changed the text in between."""
    if plan.notice_text != text:
        raise Problem("409.62", reason="公告正文刚刚改过")
    act.note(paper=made.paper.number)
    return issue(act, made, made.kind, about=plan)


@action("soundings.issue_stop_notice", label="印发停止（误鸣）公告", roles=OFFICERS)
def file_stop_notice(act: Act, cause: Cause, made: Composed) -> IssuedPaper:
    act.note(paper=made.paper.number)
    return issue(act, made, made.kind, about=cause)


def _allow(actor: Actor, act: Action[Any, Any, Any], record: About) -> None:
    """Before the work of setting; the action itself checks again."""
    check_rights(actor, record.organ, act.roles, act.label)


def _notice(about: Plan | Cause, text: str, reason: str) -> Composed:
    remark = _instead_of(about, NOTICE, reason)
    paper = public_notice(text, letterhead(about.organ), clock.now(), remark=remark)
    return _set(about, paper, NOTICE)


def _set(about: About, paper: Paper, key: str) -> Composed:
    return compose(paper, paper_kind(key, letterhead(about.organ)), about.organ, clock.now())


def _instead_of(about: About, key: str, reason: str) -> str:
    """What a paper says that takes the place of an earlier one on the same record."""
    earlier = IssuedPaper.objects.about(about).filter(kind=key).first()
    if earlier is None:
        return ""
    if not reason:
        raise Problem("409.61", paper=earlier.number, fields={"reason": "请填写理由"})
    return f"本件代替{earlier.number}。理由：{reason}"
