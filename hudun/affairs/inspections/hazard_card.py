"""What the first page says about hazards."""

from django.http import HttpRequest

from hudun.core.shell import Card, Line
from hudun.core.web import person_of

from .models import Grade, Hazard

LIST = "/inspections/hazards/"


def hazards_card(request: HttpRequest) -> Card | None:
    shown = Hazard.objects.mine(person_of(request))
    count = shown.count()
    if not count:
        return None
    late = shown.overdue()
    lines = [
        Line(
            f"{grade.label}隐患逾期",
            f"{number} 处",
            f"{LIST}?standing=overdue&grade={grade}",
            "bad",
        )
        for grade in reversed(Grade)
        if (number := late.filter(grade=grade).count())
    ]
    replied = shown.filter(state="replied").count()
    if replied:
        lines.append(Line("已回复，待复查", f"{replied} 处", f"{LIST}?state=replied", "info"))
    return Card(
        "隐患整改", "alert-triangle", lines,
        number=str(count), unit="处未销号", url=f"{LIST}?standing=open", order=25,
    )  # fmt: skip
