"""The yearly plan of upkeep is made; its tasks are done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Max

from hudun.affairs.inspections.flow import TaskFlow
from hudun.affairs.inspections.models import UpkeepPlan, UpkeepTask
from hudun.affairs.inspections.roles import STAFF
from hudun.affairs.inspections.upkeep import (
    Need,
    Occurrence,
    PeriodItem,
    level,
    occurrences,
    read_periods,
    week_of,
)
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.plate import Plate
from hudun.core.plate.models import load_assets
from hudun.core.rule import Rule, rule

TOPIC = "maintenance_periods"
BATCH = 2000
TO_SUNDAY = timedelta(days=6)
NOBODY = "（未登记维护单位）"
GONE = "标牌收回或系统注销"
Key = tuple[str, str, int]


@action("inspections.make_upkeep_plan", label="编制维护计划", roles=STAFF)
def make_upkeep_plan(act: Act, organ: Organ, year: int) -> UpkeepPlan:
    """Adds what is missing: nothing that is planned moves. Turns whose weeks are over when they
    are first planned are left out: a plan does not begin late. What a plate no longer needs is
    dropped."""
    seat, today = organ.seat(), clock.beijing(act.now).date()
    if not today.year - 1 <= year <= today.year + 1:
        raise Problem("422.115", year=year, fields={"year": "只编上年、今年和明年"})
    found = rule(TOPIC, seat.province, max(date(year, 1, 1), date(2000, 1, 1)), seat)
    plan = _plan(act, seat, year, found)
    plates = load_assets(Plate.objects.active().under(seat).select_related("organ"))
    wanted = _wanted(plates, read_periods(found.value), year)
    added = _add(plan, plates, wanted, week_of(today))
    added += _bring_back(plan, wanted, week_of(today))
    dropped = _drop(plan, wanted)
    act.note(year=year, rule=found.version, plates=len(plates), added=added, dropped=dropped)
    return plan


@action("inspections.complete_task", moves=TaskFlow.complete)
def complete_task(
    act: Act, task: UpkeepTask, done_on: date | None = None, remark: str = ""
) -> UpkeepTask:
    today = clock.beijing(act.now).date()
    task.done_on = done_on or today
    if task.done_on > today:
        raise Problem("422.116", fields={"done_on": "晚于今天"})
    task.done_by, task.remark = act.actor.user, remark[:500]
    task.save(update_fields=["done_on", "done_by", "remark"])
    return task


@action("inspections.reopen_task", moves=TaskFlow.reopen, needs_reason=True)
def reopen_task(_act: Act, task: UpkeepTask) -> UpkeepTask:
    task.done_on = task.done_by = None
    task.save(update_fields=["done_on", "done_by"])
    return task


@action("inspections.drop_task", moves=TaskFlow.drop, needs_reason=True)
def drop_task(_act: Act, task: UpkeepTask) -> UpkeepTask:
    return task


def _plan(act: Act, seat: Organ, year: int, found: Rule) -> UpkeepPlan:
    said = {
        "rule_version": found.version,
        "clause": found.clause,
        "sample": found.source == "样例",
        "renewed_at": act.now,
    }
    plan, _ = UpkeepPlan.objects.update_or_create(
        organ=seat, year=year, defaults=said, create_defaults={**said, "made_at": act.now}
    )
    return plan


def _wanted(plates: Iterable[Plate], items: list[PeriodItem], year: int) -> dict[Key, Occurrence]:
    last = _last_done(year)
    return {
        (plate.code, turn.item.key, turn.number): turn
        for plate in plates
        if (systems := plate.asset.plate_systems())
        for turn in occurrences(items, systems, year, plate.code, last[plate.code])
    }


def _last_done(year: int) -> dict[str, dict[str, int]]:
    """Code → item → the year in which it was last done."""
    done = UpkeepTask.objects.done().filter(done_on__year__lt=year).order_by()
    rows = done.values_list("plate__code", "item").annotate(last=Max("done_on"))
    known: dict[str, dict[str, int]] = defaultdict(dict)
    for code, item, last in rows:
        known[code][item] = last.year
    return known


def _add(
    plan: UpkeepPlan, plates: Iterable[Plate], wanted: dict[Key, Occurrence], now: date
) -> int:
    by_code = {plate.code: plate for plate in plates}
    keepers = {code: _keeper(plate) for code, plate in by_code.items()}
    held = _held(plan)
    needs = list(_needs(wanted, held.keys(), keepers, now if plan.year == _year(now) else None))
    placed = level(needs, held)
    tasks = [
        _task(plan, by_code[key[0]], wanted[key], week, keepers[key[0]])
        for key, week in placed.items()
    ]
    UpkeepTask.objects.bulk_create(tasks, batch_size=BATCH)
    return len(tasks)


def _year(week: date) -> int:
    return week.isocalendar().year


def _held(plan: UpkeepPlan) -> dict[Key, tuple[str, date]]:
    rows = plan.tasks.values_list("plate__code", "item", "number", "keeper", "week")
    return {(code, item, number): (keeper, week) for code, item, number, keeper, week in rows}


def _needs(
    wanted: dict[Key, Occurrence], held: Iterable[Key], keepers: dict[str, str], now: date | None
) -> Iterator[Need]:
    known = set(held)
    for key, turn in wanted.items():
        weeks = tuple(week for week in turn.weeks if now is None or week >= now)
        if key not in known and weeks:
            yield Need(keepers[key[0]], key[0], key[1], key[2], weeks)


def _task(plan: UpkeepPlan, plate: Plate, turn: Occurrence, week: date, keeper: str) -> UpkeepTask:
    return UpkeepTask(
        plan=plan,
        organ=plate.organ,
        plate=plate,
        item=turn.item.key,
        number=turn.number,
        system=turn.item.system,
        text=turn.item.text,
        kind=turn.item.kind,
        clause=turn.item.clause,
        note=turn.item.note,
        keeper=keeper,
        week=week,
        last_day=turn.weeks[-1] + TO_SUNDAY,
    )


def _drop(plan: UpkeepPlan, wanted: dict[Key, Occurrence]) -> int:
    """Open tasks of plates that were taken back, and of systems that are no longer there."""
    rows = plan.tasks.filter(state="planned").values_list("pk", "plate__code", "item", "number")
    gone = [pk for pk, *key in rows if tuple(key) not in wanted]
    for start in range(0, len(gone), BATCH):
        plan.tasks.filter(pk__in=gone[start : start + BATCH]).update(state="dropped", remark=GONE)
    return len(gone)


def _bring_back(plan: UpkeepPlan, wanted: dict[Key, Occurrence], now: date) -> int:
    """What was dropped because its system was gone, and is there again."""
    rows = plan.tasks.filter(state="dropped", remark=GONE, week__gte=now)
    back = [
        pk for pk, *key in rows.values_list("pk", "plate__code", "item", "number")
        if tuple(key) in wanted
    ]  # fmt: skip
    for start in range(0, len(back), BATCH):
        plan.tasks.filter(pk__in=back[start : start + BATCH]).update(state="planned", remark="")
    return len(back)


def _keeper(plate: Plate) -> str:
    units = [c.unit for c in plate.asset.plate_contacts() if c.role == "maintainer" and c.unit]
    return units[0] if units else NOBODY
