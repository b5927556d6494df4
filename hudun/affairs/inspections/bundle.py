"""What a phone may hold: the plates of its person's campaigns, and nothing else.

JSON all through. A plate says what an inspector sees first; no person's name or phone number but
the inspector's own leaves the office.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from hudun.affairs.inspections.models import (
    Campaign,
    CampaignTask,
    CheckTemplate,
    Hazard,
    Visit,
    VisitAnswer,
)
from hudun.affairs.inspections.standing import standing_templates
from hudun.core import clock
from hudun.core.organ import User
from hudun.core.plate import Plate
from hudun.core.plate.models import load_assets

FORMAT = "hudun-bundle/1"
LOOKS_BACK = timedelta(days=800)
Json = dict[str, Any]


def field_bundle(user: User) -> Json:
    """The running campaigns of the person; their plates with register, last answers and open
    hazards; the templates to visit them by, each in the version that stands now."""
    tasks = _tasks(user)
    campaigns = {task.campaign_id: task.campaign for task in tasks}
    plates = load_assets({task.plate_id: task.plate for task in tasks}.values())
    return {
        "format": FORMAT,
        "made": clock.now().isoformat(),
        "person": {"id": str(user.pk), "name": str(user)},
        "campaigns": [_campaign(campaign, tasks) for campaign in campaigns.values()],
        "plates": _plates(plates),
        "templates": _templates(user, campaigns.values()),
    }


def plate_bundle(plates: Collection[Plate]) -> dict[str, Json]:
    """The same for plates that somebody scanned with a network."""
    return _plates(load_assets(plates))


def _tasks(user: User) -> list[CampaignTask]:
    """A person may stand on a roster and have moved away since: sight comes first."""
    running = CampaignTask.objects.filter(campaign__state="running")
    mine = running.visible_to(user).for_person(user).distinct()
    loaded = mine.select_related("campaign__template", "plate", "team", "organ")
    return list(loaded.with_progress().order_by("campaign__closes_on", "campaign", "number"))


def _campaign(campaign: Campaign, tasks: Iterable[CampaignTask]) -> Json:
    here = [task for task in tasks if task.campaign_id == campaign.pk]
    return {
        "id": str(campaign.pk),
        "name": campaign.name,
        "kind": campaign.get_kind_display(),
        "opens": campaign.opens_on.isoformat(),
        "closes": campaign.closes_on.isoformat(),
        "template": campaign.template_slug,
        "version": campaign.template.version if campaign.template else None,
        "plates": [
            {"code": task.plate.code, "done": task.done, "team": str(task.team or "")}
            for task in here
        ],
    }


def _plates(plates: list[Plate]) -> dict[str, Json]:
    last, hazards = _last_answers(plates), open_hazards(plates)
    return {
        plate.code: {
            "code": plate.code,
            "kind": plate.kind,
            "title": plate.title,
            "register": [[label, value] for label, value in plate.asset.plate_register()],
            "systems": sorted(plate.asset.plate_systems()),
            "hazards": hazards.get(plate.pk, []),
            "last": last.get(plate.pk, {}),
        }
        for plate in plates
    }


def open_hazards(plates: Collection[Plate]) -> dict[UUID, list[Json]]:
    """By plate, the most urgent first."""
    found: dict[UUID, list[Json]] = defaultdict(list)
    for hazard in Hazard.objects.open().filter(plate__in=plates).worst_first():
        found[hazard.plate_id].append(_hazard(hazard))
    return found


def _hazard(hazard: Hazard) -> Json:
    return {
        "id": str(hazard.pk),
        "item": hazard.item_key,
        "kind": hazard.kind,
        "grade": hazard.grade,
        "detail": hazard.detail,
        "state": hazard.shown.label,
        "found_at": hazard.found_on.isoformat(),
        "due_on": hazard.due_on.isoformat(),
        "overdue": hazard.due_on < clock.today(),
    }


def _last_answers(plates: Collection[Plate]) -> dict[UUID, Json]:
    """By plate and item, what was last answered."""
    visits = Visit.objects.standing().filter(
        plate__in=plates, made_at__gte=clock.now() - LOOKS_BACK
    )
    answers = VisitAnswer.objects.filter(visit__in=visits).exclude(result=None).newest_first()
    found: dict[UUID, Json] = defaultdict(dict)
    for answer in answers.select_related("visit"):
        found[answer.visit.plate_id].setdefault(answer.key, _last(answer))
    return found


def _last(answer: VisitAnswer) -> Json:
    return {
        "result": answer.result,
        "value": answer.value if answer.value is not None else answer.text or None,
        "comment": answer.comment,
        "at": clock.beijing(answer.visit.made_at).date().isoformat(),
    }


def _templates(user: User, campaigns: Iterable[Campaign]) -> list[Json]:
    """Those that stand for the person's organs, and the versions that campaigns were begun with."""
    standing = [text.content for organ in user.organs() for text in _standing(organ)]
    pinned = [c.template.content for c in campaigns if isinstance(c.template, CheckTemplate)]
    by_name = {(content["slug"], content["version"]): content for content in [*standing, *pinned]}
    return list(by_name.values())


def _standing(organ: Any) -> Iterable[Any]:
    return standing_templates(organ).values()
