"""From what an inspector saw to hazards: raised, seen again, mended. Called while a visit is taken
in, in the same transaction.

A phone may deliver days late, after a younger visit. What it saw then is noted; it neither
re-opens what was mended since nor closes what was found since.
"""

from collections.abc import Iterable, Sequence

from hudun.affairs.inspections.checklist import Item
from hudun.affairs.inspections.holding import with_office
from hudun.affairs.inspections.limits import limits_of
from hudun.affairs.inspections.models import Grade, Hazard, Sighting, Visit, VisitAnswer
from hudun.affairs.inspections.responsible import responsible_for
from hudun.affairs.inspections.roles import CHECKERS
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.plate import Plate

from .hazards import close_hazard, send_back, set_limit

ALL_CLEAR = "检查未发现隐患"


@action("inspections.raise_hazard", label="登记隐患", roles=CHECKERS)
def raise_hazard(
    act: Act,
    _organ: Organ,
    plate: Plate,
    *,
    kind: str,
    grade: str,
    detail: str = "",
    item_key: str = "",
    visit: Visit | None = None,
) -> Hazard:
    """`_organ` is the plate's. The office has it from now on, to send the notice."""
    if item_key and Hazard.objects.open().of_plate(plate).of_item(item_key).exists():
        raise Problem("409.121", kind=kind, plate=plate)
    found_at, today = visit.made_at if visit else act.now, clock.today()
    limits = limits_of(plate.organ, today)
    who = responsible_for(plate)
    hazard = Hazard(
        organ=plate.organ, plate=plate, visit=visit, item_key=item_key, kind=kind,
        grade=Grade(grade), detail=detail[:500], found_at=found_at,
        found_on=clock.beijing(found_at).date(), unit=who.unit[:100], unit_organ=who.organ,
        rule_version=limits.rule.version,
        lon=getattr(plate.asset, "lon", None), lat=getattr(plate.asset, "lat", None),
    )  # fmt: skip
    due = limits.mend(grade, today)
    hazard.due_on, hazard.calendar, hazard.provisional = due.date, due.version, due.provisional
    with_office(hazard, limits, "issue", today)
    hazard.save(force_insert=True)
    set_limit(act, hazard, due, "发现")
    act.emit(
        "inspections.hazard_raised",
        {"hazard": hazard.pk, "plate": plate.pk, "grade": grade, "kind": kind},
    )
    return hazard


def raise_from(act: Act, visit: Visit) -> list[Hazard]:
    """One hazard per failed item that has hazard data. An open hazard of an item that failed
    again notes the visit, and goes back to the unit if it had answered; of an item that passed,
    it is closed. Returns those newly raised."""
    known = {hazard.item_key: hazard for hazard in _open_before(visit)}
    raised = []
    for item, answer in _judged(visit):
        hazard = known.get(item.key)
        if hazard is not None:
            _seen_again(act, visit, hazard, answer)
        elif answer.result == "fail" and item.hazard and not _passed_since(visit, item):
            raised.append(_raised(act, visit, item, answer))
    return raised


def close_all_clear(act: Act, visit: Visit) -> list[Hazard]:
    """未发现隐患: closes what was open on that plate, with the visit's comment."""
    found = list(_open_before(visit))
    for hazard in found:
        _note(hazard, visit, mended=True, comment=visit.comment)
        close_hazard(_machine(act, visit, visit.comment or ALL_CLEAR), hazard)
    return found


def _open_before(visit: Visit) -> Iterable[Hazard]:
    """Found or looked at before this visit was made."""
    seen_later = Sighting.objects.filter(at__gt=visit.made_at).values("hazard")
    rows = Hazard.objects.open().of_plate(visit.plate).filter(found_at__lte=visit.made_at)
    return rows.exclude(pk__in=seen_later).exclude(visit=visit)


def _judged(visit: Visit) -> list[tuple[Item, VisitAnswer]]:
    answers = {answer.key: answer for answer in visit.answers.all()}
    return [(item, answers[item.key]) for item in visit.template.template if item.key in answers]


def _passed_since(visit: Visit, item: Item) -> bool:
    younger = VisitAnswer.objects.filter(
        visit__plate=visit.plate, visit__made_at__gt=visit.made_at, visit__voided_at=None
    )
    return younger.filter(key=item.key, result="pass").exists()


def _raised(act: Act, visit: Visit, item: Item, answer: VisitAnswer) -> Hazard:
    assert item.hazard is not None
    open_now = Hazard.objects.open().of_plate(visit.plate).of_item(item.key).first()
    if open_now is not None:  # found by a younger visit, delivered before this one
        _note(open_now, visit, mended=False, comment=answer.comment)
        return open_now
    hazard = raise_hazard(
        _machine(act, visit, f"检查 {visit.pk}"), visit.organ, visit.plate,
        kind=item.hazard.kind, grade=item.hazard.grade,
        detail=answer.comment or item.text, item_key=item.key, visit=visit,
    )  # fmt: skip
    _note(hazard, visit, mended=False, comment=answer.comment)
    return hazard


def _seen_again(act: Act, visit: Visit, hazard: Hazard, answer: VisitAnswer) -> None:
    if answer.result not in ("pass", "fail"):
        return
    mended = answer.result == "pass"
    _note(hazard, visit, mended=mended, comment=answer.comment)
    words = answer.comment or ("复查合格" if mended else "复查不合格")
    if mended:
        close_hazard(_machine(act, visit, words), hazard)
    elif hazard.state == "replied":
        send_back(_machine(act, visit, words), hazard)


def _note(hazard: Hazard, visit: Visit, *, mended: bool, comment: str) -> None:
    Sighting.objects.create(
        hazard=hazard, visit=visit, mended=mended, comment=comment[:500],
        photos=_photos(visit, hazard.item_key), at=visit.made_at,
    )  # fmt: skip


def _photos(visit: Visit, key: str) -> list[str]:
    found: Sequence[str] = [str(photo.pk) for photo in visit.promised.all() if photo.key == key]
    return list(found)


def _machine(act: Act, visit: Visit, reason: str) -> Actor:
    """The office itself draws the consequence; who made the visit stands in the visit's line."""
    return Actor.system(visit.organ, act.actor.device).because(reason)
