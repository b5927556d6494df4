"""Areas and money as people read them; the checklist of a work."""

from typing import Any

from django import template

from hudun.affairs.works import actions
from hudun.affairs.works.actions.acceptance import gaps
from hudun.affairs.works.actions.materials import ENDED
from hudun.affairs.works.levy import steps
from hudun.affairs.works.models import Material, Stage, Work
from hudun.core.attachment.models import Attachment
from hudun.core.organ import User

register = template.Library()
register.filter("m2", steps.m2)
register.filter("yuan", steps.yuan)


@register.inclusion_tag("works/parts/checklist.html", takes_context=True)
def checklist(context: Any, work: Work, user: User) -> dict[str, Any]:
    """With the files of each, in two questions."""
    materials = list(Material.objects.of(work))
    files: dict[str, list[Attachment]] = {}
    wanted = [str(one.pk) for one in materials]
    kept = Attachment.objects.filter(about_type=Material._meta.label, about_id__in=wanted)
    for one in kept.order_by("stored_at"):
        files.setdefault(one.about_id, []).append(one)
    may = work.state not in ENDED and user.has_role(actions.receive_material.roles, work.organ)
    return {
        "stages": [
            (stage.label, [(m, files.get(str(m.pk), [])) for m in materials if m.stage == stage])
            for stage in Stage
        ],
        "gaps": gaps(work, *(Stage if work.shelter_id else [Stage.FILING])),
        "work": work,
        "may": may,
        "csrf_token": context["csrf_token"],
    }
