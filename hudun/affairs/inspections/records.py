"""What the records say of every plate in a period: a handful of questions for any number."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from hudun.affairs.inspections.models import Hazard, PerformanceTest, UpkeepTask, Visit
from hudun.affairs.inspections.rating import Parts
from hudun.core.plate import Plate


@dataclass(frozen=True)
class Period:
    first: date
    last: date


def parts_of(plates: Collection[Plate], period: Period) -> dict[UUID, Parts]:
    scores, vetoed = _visits(plates, period)
    owed, done = _tasks(plates, period)
    found, late, kinds = _hazards(plates, period)
    tests = PerformanceTest.objects.valid_on(period.last).filter(plate__in=plates)
    valid = set(tests.values_list("plate", flat=True))
    return {
        plate.pk: Parts(
            scores=tuple(scores[plate.pk]),
            vetoed=plate.pk in vetoed,
            tasks_owed=owed[plate.pk],
            tasks_done=done[plate.pk],
            found=found[plate.pk],
            late=late[plate.pk],
            open_kinds=tuple(kinds[plate.pk]),
            test_valid=plate.pk in valid,
        )
        for plate in plates
    }


def _visits(plates: Collection[Plate], period: Period) -> tuple[dict[UUID, list[int]], set[UUID]]:
    visits = Visit.objects.standing().filter(plate__in=plates)
    rows = visits.between(period.first, period.last).exclude(tenths=None).order_by("made_at")
    scores: dict[UUID, list[int]] = defaultdict(list)
    vetoed: set[UUID] = set()
    for plate, tenths, veto in rows.values_list("plate_id", "tenths", "vetoed"):
        scores[plate].append(tenths or 0)
        if veto:
            vetoed.add(plate)
    return scores, vetoed


def _tasks(plates: Collection[Plate], period: Period) -> tuple[Counter[UUID], Counter[UUID]]:
    """Owed: whose turn in the period of upkeep ended here. Done: by the last day of that turn."""
    tasks = UpkeepTask.objects.standing().filter(plate__in=plates)
    owed = tasks.filter(last_day__gte=period.first, last_day__lte=period.last)
    done = owed.done().filter(done_on__lte=F("last_day"))
    return (
        Counter(owed.values_list("plate_id", flat=True)),
        Counter(done.values_list("plate_id", flat=True)),
    )


def _hazards(
    plates: Collection[Plate], period: Period
) -> tuple[dict[UUID, Counter[str]], dict[UUID, Counter[str]], dict[UUID, list[str]]]:
    here = Hazard.objects.not_void().filter(plate__in=plates, found_on__lte=period.last)
    standing = here.filter(Q(closed_at=None) | Q(mended_on__gt=period.last))
    late = here.filter(due_on__gte=period.first, due_on__lte=period.last).exclude(
        mended_on__lte=F("due_on")
    )
    return (
        _by_plate(here.found_between(period.first, period.last).values_list("plate_id", "grade")),
        _by_plate(late.values_list("plate_id", "grade")),
        _listed(standing.values_list("plate_id", "kind")),
    )


def _by_plate(rows: Collection[tuple[UUID, str]]) -> dict[UUID, Counter[str]]:
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for plate, grade in rows:
        found[plate][grade] += 1
    return found


def _listed(rows: Collection[tuple[UUID, str]]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for plate, kind in rows:
        found[plate].append(kind)
    return found
