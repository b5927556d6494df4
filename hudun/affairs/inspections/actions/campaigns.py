"""A campaign is made, drawn, dealt to teams, started and closed."""

from collections.abc import Collection
from datetime import date
from typing import Any

from hudun.affairs.inspections.drawing import deal, draw, new_seed
from hudun.affairs.inspections.flow import CampaignFlow
from hudun.affairs.inspections.models import Campaign, CampaignTask, CampaignTeam
from hudun.affairs.inspections.roles import CHECKERS, STAFF
from hudun.affairs.inspections.standing import standing_templates
from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.journal.canonical import digest
from hudun.core.organ import Organ, User
from hudun.core.plate import Plate

from .templates import adopt

EDITABLE = {
    "organ", "name", "kind", "template_slug", "opens_on", "closes_on", "share", "note",
}  # fmt: skip
DRAWN_FROM = {"organ", "template_slug", "share"}
"""What the draw follows from: once drawn, it stands."""


@action("inspections.make_campaign", label="新建检查任务", roles=STAFF)
def make_campaign(
    _act: Act,
    organ: Organ,
    *,
    name: str,
    kind: str,
    template_slug: str,
    opens_on: date,
    closes_on: date,
    share: int = 100,
    note: str = "",
) -> Campaign:
    campaign = Campaign(
        organ=organ,
        name=name.strip(),
        kind=kind,
        template_slug=template_slug,
        opens_on=opens_on,
        closes_on=closes_on,
        share=share,
        note=note,
    )
    _check(campaign)
    campaign.save(force_insert=True)
    return campaign


@action("inspections.edit_campaign", label="修改检查任务", roles=STAFF)
def edit_campaign(_act: Act, campaign: Campaign, /, **changes: Any) -> Campaign:
    _be_draft(campaign, "修改检查任务")
    before = {name: getattr(campaign, name) for name in changes}
    names = assign(campaign, changes, EDITABLE)
    if campaign.drawn_at and any(before[n] != changes[n] for n in DRAWN_FROM & set(names)):
        raise Problem("409.103", fields=dict.fromkeys(DRAWN_FROM & set(names), "已经抽签"))
    _check(campaign)
    campaign.save(update_fields=names)
    return campaign


@action("inspections.draw_campaign", label="抽签", roles=STAFF)
def draw_campaign(act: Act, campaign: Campaign, seed: str = "") -> Campaign:
    """`seed` may be thrown in public and typed in; without one it is made here. A second draw
    wants a reason; the journal keeps the seeds of all."""
    _be_draft(campaign, "抽签")
    if campaign.drawn_at and not act.reason:
        raise Problem("422.1", label="重新抽签", fields={"reason": "请填写理由"})
    plates = _pool(campaign)
    if not plates:
        raise Problem("422.108", organ=campaign.organ)
    campaign.seed, campaign.pool = seed.strip()[:64] or new_seed(), sorted(plates)
    campaign.drawn_at, campaign.drawn_by = act.now, act.actor.user
    campaign.save(update_fields=["seed", "pool", "drawn_at", "drawn_by"])
    drawn = draw(campaign.pool, campaign.share, campaign.seed)
    campaign.tasks.all().delete()
    _store_tasks(campaign, [plates[code] for code in drawn])
    _deal(campaign)
    act.note(
        seed=campaign.seed, pool=len(plates), pool_sha256=digest(",".join(campaign.pool)),
        drawn=len(drawn),
    )  # fmt: skip
    return campaign


@action("inspections.set_team", label="编组", roles=STAFF)
def set_team(
    act: Act, campaign: Campaign, team: str, members: Collection[User]
) -> CampaignTeam | None:
    """Makes the team or changes its members; without members it is dissolved. What is not yet
    begun is dealt anew."""
    if CampaignFlow.states[campaign.state].final:
        raise Problem("409.1", state=CampaignFlow.shown(campaign).label, label="编组")
    strangers = [str(person) for person in members if not _may_check(person, campaign)]
    if strangers:
        raise Problem("422.109", names="、".join(strangers), fields={"members": "没有检查岗位"})
    act.note(team=team, members=sorted(str(person) for person in members))
    made = _store_team(campaign, team.strip(), members)
    if campaign.state == "draft":
        _deal(campaign)
    return made


@action("inspections.assign_task", label="调整检查组", roles=STAFF)
def assign_task(act: Act, campaign: Campaign, plate: Plate, team: CampaignTeam | None) -> Campaign:
    task = campaign.tasks.filter(plate=plate).first()
    if task is None or (team is not None and team.campaign_id != campaign.pk):
        raise Problem("404.1")
    task.team = team
    task.save(update_fields=["team"])
    act.changed(task)
    return campaign


@action("inspections.start_campaign", moves=CampaignFlow.start)
def start_campaign(act: Act, campaign: Campaign) -> Campaign:
    """From here on everybody visits by the version of the template that stands now."""
    text = standing_templates(campaign.organ).get(campaign.template_slug)
    if not campaign.tasks.exists() or text is None:
        raise Problem("422.110")
    version = text.template.version
    campaign.template = adopt(act, campaign.organ, campaign.template_slug, version)
    campaign.save(update_fields=["template"])
    act.emit("inspections.campaign_started", {"campaign": campaign.pk})
    return campaign


@action("inspections.close_campaign", moves=CampaignFlow.close)
def close_campaign(act: Act, campaign: Campaign, reason: str = "") -> Campaign:  # noqa: ARG001
    """What was not visited needs a word why."""
    left = campaign.tasks.not_visited().count()
    if left and not act.reason:
        raise Problem("422.111", left=left, fields={"reason": "请填写理由"})
    act.note(not_visited=left)
    act.emit("inspections.campaign_closed", {"campaign": campaign.pk, "not_visited": left})
    return campaign


@action("inspections.void_campaign", moves=CampaignFlow.void, needs_reason=True)
def void_campaign(_act: Act, campaign: Campaign) -> Campaign:
    return campaign


def _check(campaign: Campaign) -> None:
    if campaign.closes_on < campaign.opens_on:
        raise Problem("422.112", fields={"closes_on": "早于开始日期"})
    if campaign.template_slug not in standing_templates(campaign.organ):
        raise Problem("422.113", fields={"template_slug": "没有这张检查表"})


def _be_draft(campaign: Campaign, label: str) -> None:
    if campaign.state != "draft":
        raise Problem("409.1", state=CampaignFlow.shown(campaign).label, label=label)


def _pool(campaign: Campaign) -> dict[str, Plate]:
    kinds = standing_templates(campaign.organ)[campaign.template_slug].template.kinds
    plates = Plate.objects.active().under(campaign.organ).filter(kind__in=kinds)
    return {plate.code: plate for plate in plates.select_related("organ")}


def _store_tasks(campaign: Campaign, plates: list[Plate]) -> None:
    CampaignTask.objects.bulk_create(
        CampaignTask(campaign=campaign, organ=plate.organ, plate=plate, number=number)
        for number, plate in enumerate(plates, 1)
    )


def _deal(campaign: Campaign) -> None:
    teams = {team.name: team for team in campaign.teams.order_by("name")}
    tasks = list(campaign.tasks.select_related("plate__organ"))
    places = {task.plate.code: task.plate.organ.path for task in tasks}
    dealt = deal(places, list(teams))
    for task in tasks:
        task.team = teams.get(dealt.get(task.plate.code, ""))
    CampaignTask.objects.bulk_update(tasks, ["team"])


def _store_team(campaign: Campaign, name: str, members: Collection[User]) -> CampaignTeam | None:
    if not members:
        campaign.teams.filter(name=name).delete()
        return None
    team, _ = CampaignTeam.objects.get_or_create(
        campaign=campaign, name=name, defaults={"organ": campaign.organ}
    )
    team.members.set(members)
    return team


def _may_check(person: User, campaign: Campaign) -> bool:
    """Somewhere in the campaign's area, or above it."""
    area = campaign.organ
    return any(
        post.role in CHECKERS
        and (post.path.startswith(area.path) or area.path.startswith(post.path))
        for post in person.held
    )
