"""One record: what it is, what may be done, what was done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import ManyToManyField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hudun.core.action import actions
from hudun.core.journal.models import JournalLine
from hudun.core.ledger.ledger import Ledger
from hudun.core.ledger.words import field_of, label_of, say_stored
from hudun.core.organ import User
from hudun.core.web import person_of

from .acting import Verb, verbs_for
from .mapping import collection, feature

HISTORY = 50
UNSAID = {"lon", "lat"}
"""Columns that follow from others."""


@dataclass(frozen=True)
class Past:
    """A journal line as people read it."""

    at: datetime
    who: str
    what: str
    reason: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Fact:
    label: str
    text: str
    wide: bool


def record(request: HttpRequest, ledger: Ledger[Any], pk: object) -> HttpResponse:
    user = person_of(request)
    return shown(request, ledger, ledger.get(user, pk))


def shown(
    request: HttpRequest,
    ledger: Ledger[Any],
    found: Any,
    tried: Verb | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; `tried` is a verb whose form came back with errors."""
    user = person_of(request)
    verbs = [tried if tried and tried.name == v.name else v for v in verbs_for(ledger, found, user)]
    context = {
        "ledger": ledger,
        "record": found,
        "state": ledger.state_of(found),
        "sections": sections(ledger, found, user),
        "verbs": verbs,
        "history": history(ledger, found, user) if ledger.has_history else [],
        "may_edit": ledger.may_edit(user, found),
        "point": collection([feature(ledger, found)]) if _is_placed(ledger, found) else None,
    }
    return render(request, ledger.detail_template, context, status=status)


def _is_placed(ledger: Ledger[Any], found: Any) -> bool:
    return ledger.place and found.lon is not None


def sections(ledger: Ledger[Any], found: Any, user: User) -> list[tuple[str, list[Fact]]]:
    made = [
        (title, [_fact(ledger, found, name, user) for name in names])
        for title, names in ledger.sections.items()
    ]
    if ledger.aside:
        made.append(("其他", [_fact(ledger, found, name, user) for name in ledger.aside]))
    return made


def _fact(ledger: Ledger[Any], found: Any, name: str, user: User) -> Fact:
    text = ledger.words(found, name, user)
    return Fact(ledger.label(name), text, len(text) > 24)


def history(ledger: Ledger[Any], found: Any, user: User) -> list[Past]:
    lines = JournalLine.objects.of(found).select_related("person")[:HISTORY]
    hidden = ledger.hidden(user, found)
    return [_past(ledger, line, hidden) for line in lines]


def _past(ledger: Ledger[Any], line: JournalLine, hidden: frozenset[str]) -> Past:
    content = line.content
    known = actions.get(line.verb)
    what = known.label if known else line.verb
    return Past(line.at, content["who"], what, content["reason"], _changes(ledger, content, hidden))


def _changes(
    ledger: Ledger[Any], content: dict[str, Any], hidden: frozenset[str]
) -> list[tuple[str, str, str]]:
    """None for the line that made the record: then everything is new."""
    columns: dict[str, list[Any]] = content["changes"]
    if "id" in columns:
        return []
    told = [
        (label_of(ledger.model, column), *_before_after(ledger, column, values, hidden))
        for column, values in columns.items()
        if column not in UNSAID
    ]
    many = {name: pair for name, pair in content["note"].items() if _is_many(ledger, name)}
    return told + [
        (label_of(ledger.model, name), _joined(before), _joined(after))
        for name, (before, after) in many.items()
    ]


def _joined(values: list[Any]) -> str:
    return "、".join(map(str, values)) or "空"


def _is_many(ledger: Ledger[Any], name: str) -> bool:
    return isinstance(field_of(ledger.model, name), ManyToManyField)


def _before_after(
    ledger: Ledger[Any], column: str, values: list[Any], hidden: frozenset[str]
) -> tuple[str, str]:
    if column in hidden:
        return "…", "（仅办公室可见）"
    before, after = (say_stored(ledger.model, column, value) for value in values)
    return before or "空", after or "空"
