"""Taking in a visit. Delivering it again changes nothing; delivering something else under its
number is refused."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import Q

from hudun.affairs.inspections.checklist import Answer, Score, score
from hudun.affairs.inspections.models import (
    Campaign,
    CheckTemplate,
    PhotoPromise,
    Visit,
    VisitAnswer,
)
from hudun.affairs.inspections.package import Package, read_package
from hudun.affairs.inspections.roles import CHECKERS, HEADS
from hudun.core.action import Act, Actor, action
from hudun.core.action.checks import check_rights
from hudun.core.error import Problem
from hudun.core.journal.canonical import canonical, digest
from hudun.core.organ import Organ, User
from hudun.core.plate import Plate

from .conclusions import conclude
from .templates import adopt

LABEL = "报送检查记录"


class _Known(Exception):
    """Somebody delivered the same in the meantime."""


def receive_visit(
    actor: Actor, plate: Plate, package: Mapping[str, Any], inspector: User | None = None
) -> Visit:
    """`inspector` is who made the visit, where somebody else delivers it (an exported queue)."""
    check_rights(actor, plate.organ, CHECKERS, LABEL)
    read = read_package(package)
    if read.plate != plate.code:
        raise _refused("plate", "与标牌不符")
    body = digest(canonical(package))
    try:
        return _known(read, body) or _receive(
            actor, plate.organ, plate, read, package, body, inspector
        )
    except (_Known, IntegrityError):
        if found := _known(read, body):
            return found
        raise


@action("inspections.receive_visit", label=LABEL, roles=CHECKERS)
def _receive(
    act: Act,
    _organ: Organ,
    plate: Plate,
    read: Package,
    package: Mapping[str, Any],
    body: str,
    inspector: User | None,
) -> Visit:
    if Visit.objects.filter(pk=read.visit).exists():
        raise _Known
    template = _template(act, plate, read)
    _check_items(template, read)
    _check_photos(read)
    person = inspector or act.actor.user
    _check_inspector(person, plate)
    visit = _store(act, plate, read, template, person, package, body)
    act.note(plate=plate.code, digest=body, photos=len(read.photos))
    conclude(act, visit)
    return visit


@action("inspections.void_visit", label="作废检查记录", roles=HEADS, needs_reason=True)
def void_visit(act: Act, visit: Visit, reason: str = "") -> Visit:
    """It stays readable and counts nowhere any more."""
    if visit.voided_at:
        raise Problem("409.102")
    visit.voided_at, visit.void_reason = act.now, reason[:500]
    visit.save(update_fields=["voided_at", "void_reason"])
    act.emit("inspections.visit_voided", {"visit": visit.pk, "plate": visit.plate_id})
    return visit


def _known(read: Package, body: str) -> Visit | None:
    found = Visit.objects.filter(pk=read.visit).first()
    if found is not None and found.digest != body:
        raise Problem("409.100", visit=read.visit)
    return found


def _template(act: Act, plate: Plate, read: Package) -> CheckTemplate:
    found = adopt(act, plate.organ, read.template, read.version)
    if found is None:
        raise Problem(
            "422.103", template=read.template, version=read.version,
            fields={"template": "没有这张表的这一版"},
        )  # fmt: skip
    if plate.kind not in found.template.kinds:
        raise _refused("template", f"{found.title}不用于这一类对象")
    return found


def _check_items(template: CheckTemplate, read: Package) -> None:
    for i, answer in enumerate(read.answers):
        if template.template.item(answer.item) is None:
            raise Problem(
                "422.104", template=read.template, version=read.version, item=answer.item,
                fields={f"answers[{i}].item": "表里没有这一项"},
            )  # fmt: skip


def _check_photos(read: Package) -> None:
    ids = [photo.id for photo in read.photos]
    if taken := PhotoPromise.objects.filter(pk__in=ids).first():
        where = f"photos[{ids.index(taken.pk)}].id"
        raise Problem("409.101", photo=taken.pk, fields={where: "已用在另一次检查里"})


def _check_inspector(person: User | None, plate: Plate) -> None:
    if person is not None and not person.has_role(CHECKERS, plate.organ):
        raise Problem("422.107", who=person, fields={"inspector": "没有检查岗位"})


def _campaign(plate: Plate, read: Package) -> Campaign | None:
    """Also one that is closed: a phone may have been without network for days."""
    if read.campaign is None:
        return None
    paths = plate.organ.paths_above()
    of_office = Q(organ__path__in=paths) | Q(organ__path__startswith=plate.organ.seat().path)
    found = Campaign.objects.filter(of_office, pk=read.campaign).first()
    if found is None:
        raise Problem("422.105", campaign=read.campaign, fields={"campaign": "没有这项任务"})
    return found


def _store(
    act: Act, plate: Plate, read: Package, template: CheckTemplate, person: User | None,
    package: Mapping[str, Any], body: str,
) -> Visit:  # fmt: skip
    systems = sorted(plate.asset.plate_systems())
    given = {a.item: Answer(a.result, a.value, a.text) for a in read.answers}
    result = score(template.template, given, systems)
    visit = Visit(
        id=read.visit, organ=plate.organ, plate=plate, campaign=_campaign(plate, read),
        template=template, inspector=person, delivered_by=act.actor.user,
        made_at=min(read.finished, act.now), received_at=act.now,
        package=dict(package), digest=body, systems=systems,
    )  # fmt: skip
    _copy_said(visit, read)
    _copy_score(visit, result)
    visit.save(force_insert=True)
    _store_answers(visit, read, result)
    _store_promises(visit, read)
    return visit


def _copy_said(visit: Visit, read: Package) -> None:
    visit.device = read.device
    visit.started, visit.finished = read.started, read.finished
    visit.comment, visit.no_deficiencies = read.comment, read.no_deficiencies
    if read.position is not None:
        visit.lon, visit.lat = read.position.lon, read.position.lat
        visit.accuracy_m = read.position.accuracy_m


def _copy_score(visit: Visit, result: Score) -> None:
    visit.points, visit.out_of, visit.tenths = result.points, result.out_of, result.tenths
    visit.vetoed, visit.failures = bool(result.vetoed), len(result.failed)


def _store_answers(visit: Visit, read: Package, result: Score) -> None:
    counted = {judged.item.key: judged.result for judged in result.judged}
    VisitAnswer.objects.bulk_create(
        VisitAnswer(
            visit=visit,
            key=answer.item,
            ticked=answer.result,
            result=counted.get(answer.item),
            value=answer.value,
            text=answer.text,
            comment=answer.comment,
        )
        for answer in read.answers
    )


def _store_promises(visit: Visit, read: Package) -> None:
    PhotoPromise.objects.bulk_create(
        PhotoPromise(
            id=photo.id,
            visit=visit,
            key=read.item_of(photo.id),
            sha256=photo.sha256,
            size=photo.size,
            media_type=photo.media_type,
            taken=photo.taken,
            lon=photo.lon,
            lat=photo.lat,
        )
        for photo in read.photos
    )


def _refused(where: str, why: str) -> Problem:
    return Problem("422.101", where=where, why=why, fields={where: why})
