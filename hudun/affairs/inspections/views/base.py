"""What these pages share."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from hudun.affairs.inspections.models import Campaign
from hudun.core.error import Problem
from hudun.core.organ import Organ, Role, User
from hudun.core.web import person_of


def found_campaign(request: HttpRequest, pk: UUID) -> Campaign:
    shown = Campaign.objects.visible_to(person_of(request)).select_related("organ", "template")
    campaign = shown.with_counts().filter(pk=pk).first()
    if campaign is None:
        raise Problem("404.1")
    return campaign


def day_of(request: HttpRequest, name: str) -> date:
    """A day that was typed; a problem names the field if it was not."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError as error:
        raise Problem("400.1", reason="日期不对", fields={name: "请填日期"}) from error


def seat_of(person: User, roles: Collection[Role]) -> Organ:
    """The office in which the person holds one of the roles."""
    paths = sorted((post.path for post in person.held if post.role in roles), key=len)
    if not paths:
        raise Problem("403.0")
    return Organ.objects.get(path=paths[0]).seat()
