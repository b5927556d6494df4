"""Planning a sounding."""

from datetime import date, datetime, time, timedelta
from typing import Any

from hudun.affairs.soundings.flow import PLANNERS, PlanFlow
from hudun.affairs.soundings.models import Plan
from hudun.affairs.soundings.notices import draft_notice
from hudun.affairs.soundings.rulebook import SoundingRules, sounding_rules, timetable
from hudun.affairs.soundings.targets import aim
from hudun.affairs.soundings.timetable import DAY_S, build_programme, ends_at, overlaps
from hudun.affairs.soundings.timetable_json import signals_from_json, timetable_from_json
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.calendar import last_day_before
from hudun.core.deadline.watch import drop, meet, set_deadline
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.wire.frames import Mode

NOTICE = "soundings.notice"


@action("soundings.draft_plan", label="拟定鸣放计划", roles=PLANNERS)
def draft_plan(
    act: Act,
    organ: Organ,
    *,
    name: str,
    day: date,
    timetable_key: str,
    target_kind: str,
    target: dict[str, Any] | None = None,
    mode: Mode = Mode.TRIAL,
    drill: bool = False,
) -> Plan:
    """From a timetable of the rules; ``target`` as in ``Plan``. The notice's text is drafted."""
    plan = Plan(organ=organ.seat(), name=name.strip(), drafted_by=act.actor.user)
    _fill(act, plan, day, timetable_key, target_kind, target or {}, mode, drill)
    plan.save(force_insert=True)
    _set_notice_deadline(act, plan)
    return plan


@action("soundings.edit_plan", label="修改鸣放计划", roles=PLANNERS)
def edit_plan(
    act: Act,
    plan: Plan,
    *,
    name: str,
    day: date,
    timetable_key: str,
    target_kind: str,
    target: dict[str, Any] | None = None,
    mode: Mode = Mode.TRIAL,
    drill: bool = False,
    notice_text: str | None = None,
) -> Plan:
    """While it is a draft. A text that somebody wrote stays; otherwise it is drafted anew."""
    if plan.state != "draft":
        raise Problem("409.1", state=PlanFlow.shown(plan).label, label="修改鸣放计划")
    plan.name = name.strip()
    _fill(act, plan, day, timetable_key, target_kind, target or {}, mode, drill)
    if notice_text is not None:
        plan.notice_text = notice_text
    plan.save()
    _set_notice_deadline(act, plan)
    return plan


@action("soundings.approve_plan", moves=PlanFlow.approve)
def approve_plan(act: Act, plan: Plan) -> Plan:
    if plan.start <= act.now:
        raise Problem("422.49")
    return plan


@action("soundings.publish_notice", moves=PlanFlow.notice)
def publish_notice(act: Act, plan: Plan, text: str = "", reason: str = "") -> Plan:
    """The notice is published once the order is released; late only with a reason."""
    if plan.notice_due is None:
        raise Problem("422.53")
    late = clock.beijing(act.now).date() > plan.notice_due
    if late and not reason:
        raise Problem("409.44", due=plan.notice_due, fields={"reason": "请填写理由"})
    plan.noticed_at = act.now
    plan.notice_text = text or plan.notice_text
    plan.save(update_fields=["noticed_at", "notice_text"])
    meet(act, plan, NOTICE)
    act.note(late=late)
    act.emit("soundings.noticed", {"plan": plan.id})
    return plan


@action("soundings.archive_plan", moves=PlanFlow.archive)
def archive_plan(act: Act, plan: Plan) -> Plan:
    """From here on verdicts stand: a late receipt is stored and changes nothing."""
    act.emit("soundings.archived", {"plan": plan.id})
    return plan


# ---- moves that follow from the plan's orders


@action("soundings.plan_ordered", moves=PlanFlow.order)
def plan_ordered(_act: Act, plan: Plan) -> Plan:
    return plan


@action("soundings.plan_released", moves=PlanFlow.release)
def plan_released(act: Act, plan: Plan) -> Plan:
    act.emit("soundings.released", {"plan": plan.id})
    return plan


@action("soundings.begin_plan", moves=PlanFlow.begin)
def begin_plan(_act: Act, plan: Plan) -> Plan:
    return plan


@action("soundings.close_plan", moves=PlanFlow.close)
def close_plan(act: Act, plan: Plan) -> Plan:
    act.emit("soundings.closed", {"plan": plan.id})
    return plan


@action("soundings.stop_plan", moves=PlanFlow.stop)
def stop_plan(act: Act, plan: Plan) -> Plan:
    drop(act, plan, NOTICE)
    act.emit("soundings.stopped", {"plan": plan.id})
    return plan


def _fill(
    act: Act, plan: Plan, day: date, key: str, kind: str, target: dict[str, Any], mode: Mode,
    drill: bool,
) -> None:  # fmt: skip
    if drill and mode is Mode.LIVE:
        raise Problem("422.54", fields={"mode": "演练只用试鸣或静默"})
    rules = sounding_rules(plan.organ, day)
    snapshot = timetable(plan.organ, day, key)
    signals = signals_from_json(snapshot["signals"])
    programme = build_programme(timetable_from_json(snapshot), signals)
    if overlaps(programme, signals):
        raise Problem("422.50")
    first = programme[0].at
    plan.start = at_second(day, first)
    _check_start(act.now, plan.start, ends_at(programme, signals) - first, mode, rules)
    plan.day, plan.mode, plan.drill, plan.timetable = day, mode.value, drill, snapshot
    plan.programme = [(one.signal, one.at - first) for one in programme]
    plan.target_kind, plan.target = kind, target
    text = aim(plan.organ, kind, target).text
    sounds = mode is not Mode.SILENT
    plan.notice_due = last_day_before(day, rules.notice_whole_days) if sounds else None
    plan.notice_text = draft_notice(plan, text) if sounds else ""


def at_second(day: date, second: int) -> datetime:
    midnight = datetime.combine(day, time(), clock.BEIJING)
    return midnight + timedelta(seconds=second)


def _check_start(
    now: datetime, start: datetime, seconds: int, mode: Mode, rules: SoundingRules
) -> None:
    if start <= now:
        raise Problem("422.49", fields={"day": "开始时间已过"})
    if mode is not Mode.TRIAL:
        return
    begins = start.astimezone(clock.BEIJING).time()
    first = begins.hour * 3600 + begins.minute * 60 + begins.second
    hours = (_second(rules.trial_from), _second(rules.trial_until))
    by_day = hours[0] <= first and first + seconds <= hours[1] <= DAY_S
    ahead = start - now >= timedelta(seconds=rules.trial_notice_s)
    if not (by_day and ahead):
        raise Problem(
            "422.48", since=rules.trial_from, until=rules.trial_until,
            fields={"day": "试鸣的时段或提前量不够"},
        )  # fmt: skip


def _second(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _set_notice_deadline(act: Act, plan: Plan) -> None:
    if plan.notice_due is None:
        drop(act, plan, NOTICE)
        return
    end_of_day = at_second(plan.notice_due, DAY_S)
    set_deadline(act, plan, NOTICE, f"发布“{plan.name}”公告", end_of_day, plan.organ)
