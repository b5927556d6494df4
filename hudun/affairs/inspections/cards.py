"""What the first page says about checks."""

from django.http import HttpRequest

from hudun.core import clock
from hudun.core.shell import Card, Line
from hudun.core.web import person_of

from .models import Campaign, UpkeepTask


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


def upkeep_card(request: HttpRequest) -> Card | None:
    tasks = UpkeepTask.objects.visible_to(person_of(request))
    today = clock.today()
    due, late = tasks.due_in(today).count(), tasks.overdue(today).count()
    if not due and not late:
        return None
    lines = (
        [Line("逾期", f"{late} 项", "/inspections/upkeep/tasks/?when=late", "bad")] if late else []
    )
    return Card(
        "本周维护", "tool", lines, number=str(due), unit="项待做", url="/inspections/upkeep/",
        order=40,
    )  # fmt: skip
