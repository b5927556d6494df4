"""Drawing a campaign and putting together its teams."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import Campaign, CampaignTeam
from hudun.affairs.inspections.roles import CHECKERS
from hudun.core.error import Problem
from hudun.core.organ import Post, User
from hudun.core.web import actor_of

from .base import found_campaign


@require_POST
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    campaign = found_campaign(request, pk)
    actor = actor_of(request).because(request.POST.get("reason", ""))
    actions.draw_campaign(actor, campaign, seed=request.POST.get("seed", ""))
    messages.success(request, "已抽签。")
    return redirect("campaigns-detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: HttpRequest, pk: UUID) -> HttpResponse:
    campaign = found_campaign(request, pk)
    people = list(possible_members(campaign))
    if request.method == "POST":
        return _set_team(request, campaign, people)
    context = {
        "campaign": campaign,
        "teams": [_team(team) for team in campaign.teams.prefetch_related("members", "tasks")],
        "people": people,
        "open": campaign.state in ("draft", "running"),
    }
    return render(request, "inspections/teams.html", context)


def possible_members(campaign: Campaign) -> list[User]:
    """Whoever holds a post for checking in the campaign's area or above it."""
    area = campaign.organ
    posts = Post.objects.current().filter(role__in=CHECKERS)
    inside, above = posts.under(area), posts.filter(organ__path__in=area.paths_above())
    held = set(inside.values_list("user", flat=True)) | set(above.values_list("user", flat=True))
    people = User.objects.filter(pk__in=held, is_active=True)
    return list(people.select_related("organ").order_by("organ__path", "full_name"))


def _team(team: CampaignTeam) -> dict[str, object]:
    members = list(team.members.all())
    return {
        "name": team.name,
        "members": {person.pk for person in members},
        "names": "、".join(map(str, members)),
        "count": len(team.tasks.all()),
    }


def _set_team(request: HttpRequest, campaign: Campaign, people: list[User]) -> HttpResponse:
    name = request.POST.get("team", "").strip()
    if not name:
        raise Problem("422.114", fields={"team": "请填写组名"})
    chosen = set(request.POST.getlist("members"))
    members = [person for person in people if str(person.pk) in chosen]
    actions.set_team(actor_of(request), campaign, name[:50], members)
    messages.success(request, f"{name}已{'编好' if members else '撤销'}。")
    return redirect("campaign-teams", pk=campaign.pk)
