"""Sending the notice: one paper to one unit about some hazards of one thing."""

from collections.abc import Collection, Sequence

from hudun.affairs.inspections.hazard_flow import HazardFlow
from hudun.affairs.inspections.holding import with_unit
from hudun.affairs.inspections.limits import limits_of
from hudun.affairs.inspections.links import digest_of, secret_of
from hudun.affairs.inspections.models import Delivery, Hazard, Notice
from hudun.affairs.inspections.papers import NOTICE, NoticeDraft, notice_paper
from hudun.affairs.inspections.responsible import responsible_for
from hudun.affairs.inspections.roles import STAFF
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.action.checks import check_rights
from hudun.core.calendar import Due
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.paper.issue import Composed, compose, issue
from hudun.core.paper.tree import Paper
from hudun.core.plate import Plate
from hudun.office.letterhead import letterhead

from .hazards import LIMIT_FIELDS, set_limit
from .links import last_day_of_link
from .telling import tell_notice

LABEL = "印发整改通知"


def issue_notice(actor: Actor, plate: Plate, hazards: Collection[Hazard]) -> Notice:
    """The type is set before the transaction begins, so that nobody waits for it."""
    check_rights(actor, plate.organ, STAFF, LABEL)
    draft = draft_notice(plate, hazards)
    head, now = letterhead(plate.organ), clock.now()
    made = compose(notice_paper(draft, head, now), NOTICE(head), plate.organ, now)
    return file_notice(actor, plate.organ, draft, made)


def draft_notice(plate: Plate, hazards: Collection[Hazard]) -> NoticeDraft:
    """Days are counted from today; the unit that answers for the thing today is addressed."""
    if not hazards:
        raise Problem("422.122", fields={"hazards": "请至少选一处"})
    limits, today = limits_of(plate.organ, clock.today()), clock.today()
    chosen = tuple(sorted(hazards, key=lambda hazard: (hazard.found_at, hazard.pk)))
    who = responsible_for(plate)
    dues = tuple(limits.mend(hazard.grade, today) for hazard in chosen)
    return NoticeDraft(plate, chosen, dues, who.unit, who.organ)


@action("inspections.issue_notice", label=LABEL, roles=STAFF)
def file_notice(act: Act, _organ: Organ, draft: NoticeDraft, made: Composed) -> Notice:
    """Refused when one of the hazards has moved on since it was drafted."""
    notice = _filed(act, draft, made)
    for hazard, due in zip(draft.hazards, draft.dues, strict=True):
        notify(act.actor, hazard, under=notice, due=due)
    tell_notice(act, notice, list(notice.hazards.order_by("found_at", "pk")))
    return notice


@action("inspections.notify", moves=HazardFlow.notify)
def notify(act: Act, hazard: Hazard, under: Notice | None = None, due: Due | None = None) -> Hazard:
    """Under a notice about several hazards, or one for this hazard alone."""
    if under is None or due is None:
        draft = draft_notice(hazard.plate, [hazard])
        paper = notice_paper(draft, letterhead(hazard.organ), act.now)
        under, due = _filed(act, draft, paper), draft.dues[0]
        _put_under(act, hazard, under, due)
        tell_notice(act, under, [hazard])
    else:
        _put_under(act, hazard, under, due)
    return hazard


@action("inspections.record_delivery", label="登记送达", roles=STAFF)
def record_delivery(
    _act: Act, notice: Notice, *, delivery: str, delivered_on: object, received_by: str = ""
) -> Notice:
    """What the 送达回证 says."""
    notice.delivery = Delivery(delivery)
    notice.delivered_on = delivered_on  # type: ignore[assignment]
    notice.received_by = received_by
    notice.save(update_fields=["delivery", "delivered_on", "received_by"])
    return notice


def _filed(act: Act, draft: NoticeDraft, paper: Paper | Composed) -> Notice:
    organ = draft.plate.organ
    limits = limits_of(organ, clock.today())
    notice = Notice(
        organ=organ, plate=draft.plate, addressee=draft.addressee[:100],
        addressee_organ=draft.addressee_organ, issued_at=act.now,
        link_until=last_day_of_link(limits, max(due.date for due in draft.dues)),
    )  # fmt: skip
    notice.link_digest = digest_of(secret_of(notice))
    notice.save(force_insert=True)
    notice.paper = issue(act, paper, NOTICE(letterhead(organ)), about=notice)
    notice.save(update_fields=["paper"])
    act.changed(notice)
    return notice


def _put_under(act: Act, hazard: Hazard, notice: Notice, due: Due) -> None:
    set_limit(act, hazard, due, "通知")
    hazard.notice, hazard.unit = notice, notice.addressee
    hazard.unit_organ = notice.addressee_organ
    held = with_unit(hazard, due.date)
    hazard.save(update_fields=["notice", "unit", "unit_organ", *LIMIT_FIELDS, *held])


def found_on_plate(plate: Plate) -> Sequence[Hazard]:
    """What waits for a notice."""
    return list(Hazard.objects.of_plate(plate).filter(state="found").order_by("found_at", "pk"))
