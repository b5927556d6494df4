"""Dead letters on the first page of the system administrator."""

from django.http import HttpRequest

from hudun.core.shell import Card
from hudun.core.web import person_of

from .ledger import KEEPERS
from .models import Sending


def dead_letters_card(request: HttpRequest) -> Card | None:
    person = person_of(request)
    if not person.has_any_role(*KEEPERS):
        return None
    count = Sending.objects.visible_to(person).dead().count()
    if not count:
        return None
    return Card(
        "通知未送达",
        "alert-triangle",
        number=str(count),
        unit="条已停止重试",
        note="查明原因后可以重新发送。",
        url="/notices/sendings/?state=dead",
        order=15,
    )
