"""How many statutory working days each step has; a rule by province, overridden by the office."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hudun.core.calendar import Due, add_working_days
from hudun.core.organ import Organ, OrganKind
from hudun.core.rule import Rule, rule

TOPIC = "hazard_limits"
LADDER = (OrganKind.COMMUNITY, OrganKind.SUBDISTRICT, OrganKind.DISTRICT, OrganKind.CITY)
"""四级联动: whom an overdue hazard is put before, one after the other."""


@dataclass(frozen=True)
class Limits:
    organ: Organ
    rule: Rule

    @property
    def _days(self) -> dict[str, Any]:
        value: dict[str, Any] = self.rule.value
        return value

    @property
    def link_days(self) -> int:
        """Calendar days after the due date for which the answering link still opens."""
        return int(self._days["link_days"])

    def mend(self, grade: str, since: date) -> Due:
        return self._after(since, self._days["mend"][grade])

    def step(self, name: str, since: date) -> date:
        """`issue`, `recheck` or `enforce`: until when the office has to do it."""
        return self._after(since, self._days[name]).date

    def next_rung(self, kind: str, since: date) -> date:
        """When the rung after this one is told, if nothing has happened."""
        return self._after(since, self._days["escalate"][kind]).date

    def _after(self, since: date, days: int) -> Due:
        return add_working_days(since, days, self.organ)


def limits_of(organ: Organ, day: date) -> Limits:
    return Limits(organ, rule(TOPIC, organ.province, day, organ))
