"""The journal as a ledger that nobody writes, and the state of its chain."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_filters import ChoiceFilter

from hudun.core.action import actions
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import head, verify
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import Organ, Role, User
from hudun.core.web import person_of

READERS = (
    Role.AUDITOR, Role.SECURITY_ADMIN, Role.DIRECTOR, Role.CHIEF, Role.SYSTEM_ADMIN,
)  # fmt: skip


class JournalLedger(Ledger[JournalLine]):
    model = JournalLine
    slug, noun, icon, section = "journal", "操作日志", "history", "管理"
    nav_order = 90
    readers = READERS
    columns = [
        "at",
        Column("what", "动作", "verb"),
        Column("object", "对象", long=True),
        Column("who", "人员", "person__full_name"),
        Column("reason", "理由", long=True),
        "organ",
        Column("number", "链号", number=True),
    ]
    filters = ["at", "person", "organ"]
    search = ["body"]
    sections = {"记录": ["at", "what", "object", "who", "reason", "organ", "source", "number"]}
    labels = {
        "what": "动作", "object": "对象", "who": "人员", "reason": "理由", "source": "来源",
        "number": "链号",
    }  # fmt: skip
    aside = ["hash", "device"]
    ordering = ["-at", "-seq"]
    title = "what"
    has_history = False
    list_template = "core/journal.html"
    detail_template = "core/journal_line.html"

    def loaded(self, rows: "QuerySet[JournalLine]") -> "QuerySet[JournalLine]":
        return rows.select_related("organ__parent", "person")

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        known = sorted((verb, action.label) for verb, action in actions.items())
        return {"verb": ChoiceFilter(label="动作", choices=known, empty_label="全部")}

    def say(self, record: JournalLine, name: str) -> str:
        match name:
            case "what":
                known = actions.get(record.verb)
                return known.label if known else record.verb
            case "object":
                return str(record.content["label"])
            case "number":
                return f"{record.chain or '—'}:{record.seq}"
            case "who" | "reason" | "source" | "device":
                return str(record.content[name])
        return super().say(record, name)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Reads the chains of the offices that the person sees, from the first line to the last."""
    user = person_of(request)
    if not user.has_any_role(*READERS):
        raise Problem("403.0")
    offices = list({organ.seat().pk: organ.seat() for organ in user.organs()}.values())
    chains = [_state(office) for office in offices]
    return render(request, "core/journal_check.html", {"chains": chains})


def _state(office: Organ) -> dict[str, Any]:
    return {"office": office, "head": head(office), "faults": verify(office)}
