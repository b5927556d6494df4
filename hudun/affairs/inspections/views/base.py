"""What these pages share."""

from uuid import UUID

from django.http import HttpRequest

from hudun.affairs.inspections.models import Campaign
from hudun.core.error import Problem
from hudun.core.web import person_of


def found_campaign(request: HttpRequest, pk: UUID) -> Campaign:
    shown = Campaign.objects.visible_to(person_of(request)).select_related("organ", "template")
    campaign = shown.with_counts().filter(pk=pk).first()
    if campaign is None:
        raise Problem("404.1")
    return campaign
