"""What happens to a hazard after it was raised, beside notices and answers."""

from datetime import date

from hudun.affairs.inspections.hazard_flow import HazardFlow
from hudun.affairs.inspections.holding import with_nobody, with_office, with_unit
from hudun.affairs.inspections.limits import limits_of
from hudun.affairs.inspections.models import Hazard, HazardLimit
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.calendar import Due, add_working_days, is_working
from hudun.core.error import Problem

from .links import last_day_of_link
from .telling import tell_extended, tell_sent_back

LIMIT_FIELDS = ["due_on", "calendar", "provisional", "rule_version"]


@action("inspections.close_hazard", moves=HazardFlow.close, needs_reason=True)
def close_hazard(act: Act, hazard: Hazard) -> Hazard:
    """Somebody has looked: the reason says what was found."""
    answered = hazard.replies.order_by("-answered_at").first()
    mended = clock.beijing(answered.answered_at if answered else act.now).date()
    hazard.mended_on, hazard.closed_at, hazard.ending = mended, act.now, act.reason[:500]
    _end(act, hazard, "closed")
    return hazard


@action("inspections.void_hazard", moves=HazardFlow.void, needs_reason=True)
def void_hazard(act: Act, hazard: Hazard) -> Hazard:
    hazard.closed_at, hazard.ending = act.now, act.reason[:500]
    _end(act, hazard, "voided")
    return hazard


@action("inspections.send_back", moves=HazardFlow.send_back, needs_reason=True)
def send_back(act: Act, hazard: Hazard) -> Hazard:
    """The due date stays; the unit gets some days to answer anew, and is told why."""
    limits = limits_of(hazard.organ, clock.today())
    until = max(hazard.due_on, limits.step("again", clock.today()))
    hazard.save(update_fields=with_unit(hazard, until))
    tell_sent_back(act, hazard)
    return hazard


@action("inspections.hand_over", moves=HazardFlow.hand_over, needs_reason=True)
def hand_over(act: Act, hazard: Hazard) -> Hazard:
    """What enforcement makes of it is another affair; here it stays open until it is mended."""
    limits = limits_of(hazard.organ, clock.today())
    hazard.save(update_fields=with_office(hazard, limits, "enforce", clock.today()))
    act.emit(
        "inspections.enforcement_asked",
        {"hazard": hazard.pk, "plate": hazard.plate_id, "unit": hazard.unit, "reason": act.reason},
    )
    return hazard


@action("inspections.extend", moves=HazardFlow.extend, needs_reason=True)
def extend(act: Act, hazard: Hazard, due_on: date) -> Hazard:
    """To a later working day. What was due before is kept in `limits`."""
    _check_later(hazard, due_on)
    due = _counted(hazard, due_on)
    set_limit(act, hazard, due, "延期", act.reason)
    hazard.save(update_fields=[*LIMIT_FIELDS, *with_unit(hazard, due.date)])
    _follow_link(act, hazard)
    tell_extended(act, hazard)
    return hazard


def set_limit(act: Act, hazard: Hazard, due: Due, why: str, reason: str = "") -> None:
    """A new due date; the caller saves LIMIT_FIELDS."""
    hazard.due_on, hazard.calendar, hazard.provisional = due.date, due.version, due.provisional
    HazardLimit.objects.create(
        hazard=hazard, due_on=due.date, calendar=due.version, provisional=due.provisional,
        why=why, reason=reason[:500], set_at=act.now,
    )  # fmt: skip


def _check_later(hazard: Hazard, due_on: date) -> None:
    if due_on <= max(hazard.due_on, clock.today()):
        raise Problem("422.120", due=hazard.due_on, fields={"due_on": "应晚于现在的期限和今天"})
    if not is_working(due_on, hazard.organ):
        following = add_working_days(due_on, 1, hazard.organ).date
        raise Problem(
            "422.121", day=due_on, following=following, fields={"due_on": f"可填 {following}"}
        )


def _counted(hazard: Hazard, due_on: date) -> Due:
    """The same day, reached by counting, so that the calendar's version is known."""
    start, days = clock.today(), 0
    due = add_working_days(start, 0, hazard.organ)
    while due.date < due_on:
        days += 1
        due = add_working_days(start, days, hazard.organ)
    return due


def _follow_link(act: Act, hazard: Hazard) -> None:
    notice = hazard.notice
    until = last_day_of_link(limits_of(hazard.organ, clock.today()), hazard.due_on)
    if notice is not None and notice.link_until < until:
        notice.link_until = until
        notice.save(update_fields=["link_until"])
        act.changed(notice)


def _end(act: Act, hazard: Hazard, how: str) -> None:
    held = with_nobody(hazard)
    hazard.save(update_fields=["mended_on", "closed_at", "ending", *held])
    act.emit(
        f"inspections.hazard_{how}",
        {"hazard": hazard.pk, "plate": hazard.plate_id, "grade": hazard.grade},
    )
