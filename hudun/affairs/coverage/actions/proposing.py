"""Entering a site and changing its entry."""

from typing import Any

from hudun.affairs.coverage.flow import STAFF
from hudun.affairs.coverage.models import Site
from hudun.assets.sirens.actions import REGISTRABLE
from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.error.validation import refused_as
from hudun.core.organ import Organ

from .limits import set_limit

RELATIONS = ("organ", "office", "siren", "run")
OF_OTHER_ACTIONS = {
    "id", "office", "state", "lon", "lat", "approval_document", "due_on", "siren", "run",
}  # fmt: skip
EDITABLE = {field.name for field in Site._meta.concrete_fields} - OF_OTHER_ACTIONS


@action("coverage.propose_site", label="登记选址", roles=STAFF)
def propose_site(act: Act, organ: Organ, /, **fields: Any) -> Site:
    """`run`: the search that it comes from."""
    if organ.kind not in REGISTRABLE:
        raise Problem("422.220")
    site = Site(organ=organ, office=organ.seat())
    assign(site, fields, EDITABLE - {"organ"} | {"run"})
    _check(site)
    set_limit(act, site)
    site.save(force_insert=True)
    return site


@action("coverage.edit_site", label="修改选址", roles=STAFF)
def edit_site(act: Act, site: Site, /, **changes: Any) -> Site:
    if site.shown.final:
        raise Problem("409.221", state=site.shown.label)
    if "organ" in changes:
        _check_move(act, site, changes["organ"])
    assign(site, changes, EDITABLE)
    _check(site)
    site.save()
    return site


def _check_move(act: Act, site: Site, organ: Organ) -> None:
    if organ.kind not in REGISTRABLE or not site.office.contains(organ):
        raise Problem("422.220")
    if act.actor.user is not None and not act.actor.user.sees(organ):
        raise Problem("404.1")


def _check(site: Site) -> None:
    site.locate()
    same = Site.objects.filter(office=site.office, number=site.number).exclude(pk=site.pk)
    if found := same.first():
        raise Problem("409.222", taken=site.number, name=found.name, fields={"number": "已经用过"})
    with refused_as("422.221"):
        site.clean_fields(exclude=RELATIONS)
        site.clean()
