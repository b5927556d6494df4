"""A version from draft to the files of the level above."""

from datetime import date, datetime, time
from typing import Any

from hudun.affairs.plans import terms as wanted
from hudun.affairs.plans.book.balance import Balance
from hudun.affairs.plans.flow import DIRECTORS, STAFF, VersionFlow
from hudun.affairs.plans.models import (
    CommunityRow,
    PairRow,
    Plan,
    ShelterRow,
    Version,
)
from hudun.affairs.plans.models.plan import AHEAD_YEARS, YEARS
from hudun.affairs.plans.reading import balance_of
from hudun.affairs.plans.sources import needed
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.deadline.watch import meet, set_deadline
from hudun.core.error import Problem
from hudun.core.planner import Run, ask_run

from .plan import PREPARE, REVISE, check_open

ASSIGN, PRINT = "plans.assign", "plans.print"
BATCH = 2_000
LAST = time(23, 59, 59)


@action("plans.draft_version", label="起草版本", roles=STAFF)
def draft_version(act: Act, plan: Plan, /, note: str = "", **said: Any) -> Version:
    check_open(plan)
    terms = wanted.checked(said)
    version = new_version(act, plan, note=note, terms=terms)
    _ask(act, version)
    return version


def new_version(act: Act, plan: Plan, **columns: Any) -> Version:
    """Within an action. Whoever begins anew has begun the revision."""
    number = Version.objects.of_plan(plan).next_number()
    columns["note"] = str(columns.get("note", "")).strip()[:300]
    version = Version.objects.create(
        organ=plan.organ, plan=plan, number=number, drafted_at=act.now,
        drafted_by=act.actor.user, **columns,
    )  # fmt: skip
    meet(act, plan, PREPARE)
    act.changed(plan)
    return version


@action("plans.recompute", label="重新计算", roles=STAFF)
def recompute(act: Act, version: Version) -> Version:
    """Of a draft whose run failed, or whose inputs are others now."""
    if version.state != "draft":
        raise Problem("409.1", state=version.shown.label, label="重新计算")
    if version.run is not None and version.run.is_open:
        raise Problem("409.300", plan=version.plan.title, edition=version.number)
    version.totals, version.inputs = {}, []
    version.save(update_fields=["totals", "inputs"])
    CommunityRow.objects.of(version).delete()
    ShelterRow.objects.of(version).delete()
    _ask(act, version)
    return version


def _ask(act: Act, version: Version) -> None:
    files = {kind: source.as_json() for kind, source in needed(version.plan).items()}
    version.run = ask_run(
        act.actor, version.organ, kind=ASSIGN,
        ask={"version": str(version.pk), "files": files, "terms": version.terms},
        back=f"/plans/versions/{version.pk}/",
    )  # fmt: skip
    version.save(update_fields=["run"])


@action("plans.record_book", label="记下方案")
def record_book(
    act: Act, version: Version, /, book: dict[str, Any], inputs: list[dict[str, str]]
) -> Version:
    """What the planner found: totals into the version, rows into the tables. Once more is the same
    again."""
    CommunityRow.objects.of(version).delete()
    ShelterRow.objects.of(version).delete()
    version.totals, version.inputs = book["totals"], inputs
    version.save(update_fields=["totals", "inputs"])
    act.note(
        inputs=[one["digest"] for one in inputs],
        **{name: book["totals"][name] for name in ("people", "covered", "left", "places")},
    )
    communities = _stored(CommunityRow, version, book["communities"])
    shelters = _stored(ShelterRow, version, book["shelters"])
    PairRow.objects.bulk_create(
        [
            PairRow(
                community=communities[row["community"]], shelter=shelters[row["shelter"]],
                people=row["people"], mean_m=row["mean_m"], inside_min=row["inside_min"],
            )
            for row in book["pairs"]
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return version


def _stored(kind: Any, version: Version, rows: list[dict[str, Any]]) -> dict[str, Any]:
    names = {field.name for field in kind._meta.concrete_fields} - {"id", "version"}
    made = kind.objects.bulk_create(
        [
            kind(
                version=version, position=k,
                **{name: _short(row[name]) for name in names & set(row)},
            )
            for k, row in enumerate(rows)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return {row["name"]: one for row, one in zip(rows, made, strict=True)}


def _short(value: Any) -> Any:
    return value[:120] if isinstance(value, str) else value


@action("plans.print_book", label="打印整本册子", roles=STAFF | DIRECTORS)
def print_book(act: Act, version: Version) -> Run:
    """All papers of the version in one file, as the version stands now."""
    check_made(version)
    return ask_run(
        act.actor, version.organ, kind=PRINT, ask={"version": str(version.pk)},
        back=f"/plans/versions/{version.pk}/",
    )  # fmt: skip


@action("plans.submit", moves=VersionFlow.submit)
def submit(_act: Act, version: Version) -> Version:
    check_made(version)
    found: Balance = balance_of(version)
    if not found.level:
        off = "；".join(check.says for check in found.off)
        raise Problem("409.301", edition=version.number, off=off)
    return version


def check_made(version: Version) -> None:
    if not version.made:
        raise Problem("409.300", plan=version.plan.title, edition=version.number)


@action("plans.send_back", moves=VersionFlow.send_back, needs_reason=True)
def send_back(_act: Act, version: Version) -> Version:
    return version


@action("plans.approve", moves=VersionFlow.approve)
def approve(
    act: Act, version: Version, approved_on: date, document: str, reviewers: str = ""
) -> Version:
    """The government approved it: its five years begin, the version before it ends."""
    if act.actor.user is not None and act.actor.user == version.drafted_by:
        raise Problem("403.300", edition=version.number)
    if approved_on > clock.beijing(act.now).date():
        raise Problem("422.304", fields={"approved_on": "晚于今天"})
    version.approved_on, version.document = approved_on, document.strip()[:60]
    version.reviewers = reviewers.strip()[:200]
    version.save(update_fields=["approved_on", "document", "reviewers"])
    earlier = Version.objects.of_plan(version.plan).standing().exclude(pk=version.pk)
    for one in earlier:
        supersede(Actor.system(version.organ).because(f"{version} 已批准"), one)
    _start_clock(act, version.plan, approved_on)
    return version


def _start_clock(act: Act, plan: Plan, approved_on: date) -> None:
    plan.approved_on, plan.due_on = approved_on, _years_after(approved_on, YEARS)
    plan.state = "in_force"
    plan.save(update_fields=["approved_on", "due_on", "state"])
    act.changed(plan)
    ahead = _years_after(approved_on, AHEAD_YEARS)
    for topic, label, day in (
        (PREPARE, f"《{plan.title}》一年后满五年，应着手修订", ahead),
        (REVISE, f"《{plan.title}》满五年，应完成修订", plan.due_on),
    ):
        set_deadline(
            act, plan, topic, label, datetime.combine(day, LAST, clock.BEIJING), plan.organ
        )


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


@action("plans.file", moves=VersionFlow.file)
def file(act: Act, version: Version, filed_on: date, filed_to: str) -> Version:
    if filed_on > clock.beijing(act.now).date():
        raise Problem("422.304", fields={"filed_on": "晚于今天"})
    version.filed_on, version.filed_to = filed_on, filed_to.strip()[:60]
    version.save(update_fields=["filed_on", "filed_to"])
    return version


@action("plans.supersede", moves=VersionFlow.supersede)
def supersede(_act: Act, version: Version) -> Version:
    return version


@action("plans.void_version", moves=VersionFlow.void, needs_reason=True)
def void_version(_act: Act, version: Version) -> Version:
    return version
