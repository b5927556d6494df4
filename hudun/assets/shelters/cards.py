"""What the first page says about the shelters."""

from django.db.models import Count, Q, Sum
from django.http import HttpRequest

from hudun.core.shell import Card, Line
from hudun.core.web import person_of

from .models import Shelter

LIST = "/shelters/"


def shelters_card(request: HttpRequest) -> Card | None:
    """Nothing for a person who sees none."""
    shelters = Shelter.objects.visible_to(person_of(request)).standing()
    said = shelters.aggregate(
        count=Count("pk"),
        people=Sum("capacity"),
        uncounted=Count("pk", filter=Q(capacity=None)),
        unplaced=Count("pk", filter=Q(lon=None)),
        early=Count("pk", filter=Q(category="early")),
        closed=Count("pk", filter=Q(state="closed")),
    )
    if not said["count"]:
        return None
    watched = (
        ("停用", "closed", f"{LIST}?state=closed", "warn"),
        ("早期工程", "early", f"{LIST}?category=early", ""),
        ("可掩蔽人数未知", "uncounted", f"{LIST}?unknown=capacity", "warn"),
        ("位置未知", "unplaced", f"{LIST}?unknown=place", "warn"),
    )
    lines = [
        Line(label, f"{said[key]} 处", url, tone) for label, key, url, tone in watched if said[key]
    ]
    known = said["people"]
    people = f"，已知可掩蔽 {known:,} 人" if known else ""
    return Card(
        "人防工程",
        "building",
        lines,
        number=f"{said['count']:,}",
        unit=f"处在册{people}",
        url=LIST,
        order=22,
    )
