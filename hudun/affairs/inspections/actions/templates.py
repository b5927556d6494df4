"""A template gets a new version; what was judged by an old one stays with it."""

from typing import Any

from hudun.affairs.inspections.checklist import Malformed, read_template
from hudun.affairs.inspections.models import CheckTemplate
from hudun.affairs.inspections.roles import HEADS
from hudun.affairs.inspections.standing import Text, find_text, standing_templates
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Organ


@action("inspections.make_template", label="制定检查表新版本", roles=HEADS, needs_reason=True)
def make_template(act: Act, organ: Organ, content: dict[str, Any]) -> CheckTemplate:
    """`content` as in rules/check_templates.json; its version is the next one here."""
    seat = organ.seat()
    slug = str(content.get("slug", ""))
    text = {**content, "version": _next_version(seat, slug)}
    try:
        template = read_template(text)
    except Malformed as slip:
        raise Problem(
            "422.100", where=slip.where, why=slip.why, fields={slip.where: slip.why}
        ) from slip
    return _store(act, seat, Text(text, template))


def adopt(act: Act, organ: Organ, slug: str, version: int) -> CheckTemplate | None:
    """Inside another action: the row of a version that is used here. None: no such version."""
    seat = organ.seat()
    found = CheckTemplate.objects.of_office(seat).named(slug).filter(version=version).first()
    if found is not None:
        return found
    text = find_text(seat, slug, version)
    return _store(act, seat, text) if text else None


def _store(act: Act, seat: Organ, text: Text) -> CheckTemplate:
    made = CheckTemplate.objects.create(
        organ=seat,
        slug=text.template.slug,
        version=text.template.version,
        title=text.template.title,
        content=text.content,
        rule_version=text.rule_version,
        made_at=act.now,
        made_by=None if text.rule_version else act.actor.user,
    )
    act.changed(made)
    return made


def _next_version(seat: Organ, slug: str) -> int:
    used = CheckTemplate.objects.of_office(seat).named(slug).values_list("version", flat=True)
    standing = standing_templates(seat).get(slug)
    return max([*used, standing.template.version if standing else 0]) + 1
