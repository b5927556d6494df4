"""What the first page says about tip-offs."""

from django.http import HttpRequest

from hudun.core.shell import Card, Line
from hudun.core.web import person_of

from .ledger import TipoffLedger
from .models import Tipoff


def tipoffs_card(request: HttpRequest) -> Card | None:
    person = person_of(request)
    waiting = Tipoff.objects.visible_to(person).open().select_related("plate")
    newest = list(waiting[:3])
    if not newest or not person.has_any_role(*TipoffLedger.readers):
        return None
    return Card(
        "群众反映",
        "message-report",
        [Line(str(one), "待核实", f"/tipoffs/{one.pk}/", "warn") for one in newest],
        number=str(waiting.count()),
        unit="条待核实",
        url="/tipoffs/?state=received",
        order=30,
    )
