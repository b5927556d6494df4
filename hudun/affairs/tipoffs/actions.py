"""Every write to the tip-offs."""

from collections.abc import Sequence
from datetime import timedelta

from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.attachment.admit import Admitted
from hudun.core.attachment.store import store
from hudun.core.calendar import add_working_days
from hudun.core.deadline.watch import meet, set_deadline
from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.core.plate import Plate
from hudun.core.rule import rule

from . import problems  # noqa: F401
from .flow import TipoffFlow
from .models import MOST_CHARACTERS, MOST_PHOTOS, NO_HAZARD, Tipoff

TOPIC = "tipoffs.answer"
NOBODY: tuple[()] = ()


@action("tipoffs.receive", label="收到群众反映", roles=NOBODY)
def receive(
    act: Act, plate: Plate, *, text: str, origin: str, photos: Sequence[Admitted] = ()
) -> Tipoff:
    """Called by the system for somebody unknown. `origin` is a keyed digest of the address."""
    text = _said(text)
    limits = check_limits(plate, origin)
    tipoff = Tipoff.objects.create(
        organ=plate.organ, plate=plate, text=text, received_at=act.now, origin=origin
    )
    for photo in photos[:MOST_PHOTOS]:
        store(act, plate.organ, id=new_id(), data=photo, about=tipoff)
    due = add_working_days(clock.today(), limits["answer_working_days"], plate.organ)
    set_deadline(act, tipoff, TOPIC, f"核实群众反映：{plate}", due, plate.organ)
    act.changed(tipoff)
    return tipoff


@action("tipoffs.accept", moves=TipoffFlow.accept)
def accept(act: Act, tipoff: Tipoff, answer: str, hazard_grade: str = NO_HAZARD) -> Tipoff:
    """With a grade it becomes a hazard, through whoever answers the event."""
    tipoff.hazard_grade = hazard_grade
    tipoff.save(update_fields=["hazard_grade"])
    act.emit(
        "tipoffs.accepted",
        {
            "tipoff": tipoff.pk,
            "plate": tipoff.plate_id,
            "text": tipoff.text,
            "answer": answer,
            "grade": "" if hazard_grade == NO_HAZARD else hazard_grade,
        },
    )
    return _answered(act, tipoff, answer)


@action("tipoffs.reject", moves=TipoffFlow.reject, needs_reason=True)
def reject(act: Act, tipoff: Tipoff) -> Tipoff:
    return _answered(act, tipoff, act.reason)


def _said(text: str) -> str:
    text = text.replace("\0", "").strip()
    if not text:
        raise Problem("422.150", fields={"text": "请写明看到了什么、在什么位置"})
    if len(text) > MOST_CHARACTERS:
        raise Problem("422.151", most=MOST_CHARACTERS, fields={"text": "太长"})
    return text


def check_limits(plate: Plate, origin: str) -> dict[str, int]:
    """Within the action the plate's row is locked, so that nobody slips past its limit; pages ask
    before they look at photos."""
    limits: dict[str, int] = rule("tipoffs", plate.organ.province, clock.today(), plate.organ).value
    sent = Tipoff.objects.from_address(origin).within(timedelta(hours=1)).count()
    if sent >= limits["per_address_hour"]:
        raise Problem("429.150")
    if Tipoff.objects.of_plate(plate).within(timedelta(days=1)).count() >= limits["per_plate_day"]:
        raise Problem("429.151")
    return limits


def _answered(act: Act, tipoff: Tipoff, answer: str) -> Tipoff:
    tipoff.answer, tipoff.answered_at = answer[:500], act.now
    tipoff.save(update_fields=["answer", "answered_at"])
    meet(act, tipoff, TOPIC)
    return tipoff
