"""What the first page says about the sirens."""

from django.http import HttpRequest

from hudun.core.fact import Value
from hudun.core.shell import Card, Line
from hudun.core.web import person_of

from .models import ON_REGISTER, Siren

WATCHED = (
    ("faulty", "故障", "bad"),
    ("repair", "维修中", "warn"),
    ("installed", "已安装，未投用", "info"),
)


def sirens_card(request: HttpRequest) -> Card | None:
    """Nothing for a person who sees none."""
    states = Siren.objects.visible_to(person_of(request)).state_counts()
    standing = sum(count for state, count in states.items() if state in ON_REGISTER)
    if not standing:
        return None
    working = states.get("in_service", 0)
    lines = [
        Line(label, f"{states[state]} 台", f"/sirens/?state={state}", tone)
        for state, label, tone in WATCHED
        if states.get(state)
    ]
    return Card(
        "警报器",
        "speakerphone",
        lines,
        number=str(working),
        unit=f"台在用，完好率 {Value(working, standing).shown}",
        url="/sirens/",
        order=20,
    )
