"""`rule(topic, province, day)`. One file per topic, `hudun/rules/<topic>.json`:

    [{"province": "43", "from": "2019-01-01", "to": null, "clause": "…", "source": "…",
      "value": …}, …]

`province` is the two-digit code; null is the national rule, taken where the province has none.
`to` is the last day. An office may override a topic by an action; its override comes first.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.rule.models import RuleOverride

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    topic: str
    province: str | None
    since: date
    until: date | None
    value: Any
    version: str
    """Names this text of the rule and no other; a record keeps it."""
    clause: str
    source: str

    def concerns(self, province: str) -> bool:
        return self.province in (province, None)

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def rule(topic: str, province: str, day: date, organ: Organ | None = None) -> Rule:
    """The override of the organ or the nearest one above it, else the province's rule, else the
    nation's; among several that hold on the day, the latest."""
    own = _override(topic, day, organ) if organ else None
    return own or _standing(topic, province, day)


def coming_days(topic: str, province: str, day: date, organ: Organ) -> list[date]:
    """The days after ``day`` on which another text of the rule begins or ends, for the organ."""
    own = RuleOverride.objects.filter(topic=topic, organ__path__in=organ.paths_above())
    spans = [(each.since, each.until) for each in all_rules(topic) if each.concerns(province)]
    spans += own.values_list("since", "until")
    turns = {since for since, _ in spans} | {until + ONE_DAY for _, until in spans if until}
    return sorted(turn for turn in turns if turn > day)


def all_rules(topic: str) -> tuple[Rule, ...]:
    """Every rule on the topic, in the sequence of its file."""
    return _read(Path(settings.RULES_DIR) / f"{topic}.json")


def _standing(topic: str, province: str, day: date) -> Rule:
    holding = [each for each in all_rules(topic) if each.holds(day)]
    for place in (province, None):
        here = [each for each in holding if each.province == place]
        if here:
            return max(here, key=lambda each: each.since)
    raise Problem("422.3", topic=topic, province=province, day=day)


def _override(topic: str, day: date, organ: Organ) -> Rule | None:
    found = (
        RuleOverride.objects.filter(topic=topic, organ__path__in=organ.paths_above())
        .holding_on(day)
        .order_by("-organ__depth", "-since")
        .select_related("organ")
        .first()
    )
    return _own_rule(found) if found else None


def _own_rule(own: RuleOverride) -> Rule:
    version = _version(own.topic, own.organ.code or own.organ.pk.hex, own.since, own.value)
    return Rule(
        own.topic,
        own.organ.province,
        own.since,
        own.until,
        own.value,
        version,
        own.clause,
        str(own.organ),
    )


@lru_cache
def _read(path: Path) -> tuple[Rule, ...]:
    return tuple(_rule(path.stem, entry) for entry in json.loads(path.read_text("utf-8")))


def _rule(topic: str, entry: dict[str, Any]) -> Rule:
    since = date.fromisoformat(entry["from"])
    until = date.fromisoformat(entry["to"]) if entry.get("to") else None
    province, value = entry.get("province"), entry["value"]
    version = _version(topic, province or "00", since, value)
    return Rule(
        topic, province, since, until, value, version, entry["clause"], entry.get("source", "")
    )


def _version(topic: str, place: str, since: date, value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"{topic}/{place}/{since}#{sha256(text.encode()).hexdigest()[:8]}"
