"""Quality acceptance, and filing it within its limit."""

from datetime import date, timedelta

from hudun.affairs.works.flow import WorksFlow
from hudun.affairs.works.models import Material, Stage, Work
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.calendar import Due, add_working_days
from hudun.core.deadline.watch import drop, meet, set_deadline
from hudun.core.error import Problem
from hudun.core.rule import rule

FILING = "works.filing"
CALENDAR_DAYS = "自然日"


@action("works.accept", moves=WorksFlow.accept)
def accept(
    act: Act,
    work: Work,
    accepted_on: date,
    quality_body: str,
    quality_report: str,
    acceptance_note: str,
) -> Work:
    """From this day the limit for filing runs."""
    _record(work, accepted_on, quality_body, quality_report, acceptance_note)
    due = filing_due(work, accepted_on)
    work.filing_due = due.date
    work.save(update_fields=["filing_due"])
    set_deadline(act, work, FILING, f"新建工程备案：{work.name}", due, work.organ)
    act.note(filing_due=str(due.date), calendar=due.version)
    return work


@action("works.fail", moves=WorksFlow.fail)
def fail(
    _act: Act,
    work: Work,
    accepted_on: date,
    quality_body: str,
    quality_report: str,
    acceptance_note: str,
) -> Work:
    """It is mended and accepted again; the journal keeps what was found."""
    return _record(work, accepted_on, quality_body, quality_report, acceptance_note)


@action("works.file", moves=WorksFlow.file)
def file(act: Act, work: Work, filed_on: date) -> Work:
    """Also when late: then the line says by how many days."""
    _not_later(filed_on, "filed_on")
    if work.accepted_on and filed_on < work.accepted_on:
        raise Problem("422.145", fields={"filed_on": "早于验收日期"})
    check_complete(work, Stage.FILING)
    work.filed_on = filed_on
    work.save(update_fields=["filed_on"])
    meet(act, work, FILING)
    if work.filing_due and filed_on > work.filing_due:
        act.note(days_late=(filed_on - work.filing_due).days)
    return work


def filing_due(work: Work, day: date) -> Due:
    """The last day for filing; by the calendar unless the rule counts working days."""
    limit = rule("works", work.organ.province, day, work.organ).value["filing"]
    if limit["working"]:
        return add_working_days(day, limit["days"], work.organ)
    return Due(day + timedelta(days=limit["days"]), False, CALENDAR_DAYS)


def check_complete(work: Work, *stages: Stage) -> None:
    """409.140 names all that is missing, not the first thing."""
    missing = gaps(work, *stages)
    if missing:
        raise Problem("409.140", missing="；".join(missing))


def gaps(work: Work, *stages: Stage) -> list[str]:
    """What stands in the way: materials, facts of the register, a fee."""
    found = [str(one) for one in Material.objects.of(work).asked_for(*stages).missing()]
    facts = {"建筑面积": work.built_m2, "建设单位": work.developer, "地址": work.address}
    found += [label for label, value in facts.items() if not value]
    if work.short_m2 and not work.fee_document:
        found.append(f"易地建设费凭证号（比应建面积少 {work.short_m2:,} m²）")
    return found


def drop_filing(act: Act, work: Work) -> None:
    drop(act, work, FILING)


def _record(work: Work, day: date, body: str, report: str, note: str) -> Work:
    _not_later(day, "accepted_on")
    work.accepted_on, work.quality_body = day, body.strip()
    work.quality_report, work.acceptance_note = report.strip(), note.strip()
    work.save(update_fields=["accepted_on", "quality_body", "quality_report", "acceptance_note"])
    return work


def _not_later(day: date, field: str) -> None:
    if day > clock.today():
        raise Problem("422.144", fields={field: "还没有到这一天"})
