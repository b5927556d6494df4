"""What the first page says about deadlines."""

from django.http import HttpRequest
from django.urls import NoReverseMatch

from hudun.core import clock
from hudun.core.deadline.models import Deadline
from hudun.core.ledger.ledger import ledgers
from hudun.core.ledger.words import say
from hudun.core.shell import Card, Line
from hudun.core.web import person_of

SHOWN = 8


def deadlines_card(request: HttpRequest) -> Card | None:
    """The nearest first; nothing where nothing is due."""
    due = Deadline.objects.visible_to(person_of(request)).open()
    nearest = list(due.order_by("due_at")[: SHOWN + 1])
    if not nearest:
        return None
    late = due.overdue().count()
    return Card(
        "到期事项",
        "hourglass",
        [_line(deadline) for deadline in nearest[:SHOWN]],
        number=str(late) if late else "",
        unit="项已逾期" if late else "",
        note="只列出最近的几项。" if len(nearest) > SHOWN else "",
        order=10,
    )


def _line(deadline: Deadline) -> Line:
    tone = "bad" if deadline.due_at < clock.now() else "info"
    return Line(deadline.label, say(deadline.due_at), _url(deadline), tone)


def _url(deadline: Deadline) -> str:
    """The page of the record, if it has a ledger."""
    fits = (one for one in ledgers.values() if one.model._meta.label == deadline.object_type)
    ledger = next(fits, None)
    try:
        return ledger.url("detail", pk=deadline.object_id) if ledger else ""
    except NoReverseMatch:
        return ""
