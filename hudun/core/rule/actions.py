"""An office sets its own value of a rule, with the clause that lets it."""

from datetime import date
from typing import Any

from hudun.core.action import Act, action
from hudun.core.organ import Organ, Role
from hudun.core.rule.models import RuleOverride


@action(
    "rules.override", label="设定本级规则", roles={Role.CHIEF, Role.DIRECTOR}, needs_reason=True
)
def override_rule(
    _act: Act,
    organ: Organ,
    *,
    topic: str,
    value: Any,
    since: date,
    clause: str,
    until: date | None = None,
) -> RuleOverride:
    return RuleOverride.objects.create(
        organ=organ, topic=topic, value=value, since=since, until=until, clause=clause
    )


@action("rules.end_override", label="停用本级规则", roles={Role.CHIEF, Role.DIRECTOR})
def end_override(_act: Act, own: RuleOverride, *, until: date) -> RuleOverride:
    own.until = until
    own.save(update_fields=["until"])
    return own
