"""What the first page says about checks."""

from django.http import HttpRequest

from hudun.core.shell import Card, Line
from hudun.core.web import person_of

from .models import Campaign


def campaigns_card(request: HttpRequest) -> Card | None:
    shown = Campaign.objects.visible_to(person_of(request)).running().with_counts()
    lines = [
        Line(
            campaign.name,
            f"{campaign.progress}{'，已过期' if campaign.is_late else ''}",
            f"/inspections/campaigns/{campaign.pk}/",
            "bad" if campaign.is_late else "",
        )
        for campaign in shown.order_by("closes_on")[:5]
    ]
    if not lines:
        return None
    return Card("检查任务", "clipboard-list", lines, url="/inspections/campaigns/", order=30)
