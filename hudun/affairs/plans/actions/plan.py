"""A plan and its inputs."""

from typing import Any

from hudun.affairs.plans import problems  # noqa: F401
from hudun.affairs.plans.flow import STAFF, PlanFlow
from hudun.affairs.plans.inputs import Kept
from hudun.affairs.plans.models import InputFile, InputKind, Plan, Secrecy
from hudun.core.action import Act, action, assign
from hudun.core.deadline.watch import drop
from hudun.core.error import Problem
from hudun.core.error.validation import refused_as
from hudun.core.organ import Organ

FIELDS = {"title", "kind", "secrecy", "basis", "remark"}
PREPARE, REVISE = "plans.prepare", "plans.revise"


@action("plans.open", label="新建预案", roles=STAFF)
def open_plan(_act: Act, organ: Organ, /, **fields: Any) -> Plan:
    plan = Plan(organ=organ.seat())
    assign(plan, fields, FIELDS)
    _check(plan)
    plan.save(force_insert=True)
    return plan


@action("plans.edit", label="修改预案", roles=STAFF)
def edit_plan(_act: Act, plan: Plan, /, **changes: Any) -> Plan:
    changes.pop("organ", None)
    names = assign(plan, changes, FIELDS)
    _check(plan)
    plan.save(update_fields=names)
    return plan


@action("plans.void", moves=PlanFlow.void, needs_reason=True)
def void_plan(act: Act, plan: Plan) -> Plan:
    for topic in (PREPARE, REVISE):
        drop(act, plan, topic)
    return plan


@action("plans.add_input", label="上传输入文件", roles=STAFF)
def add_input(act: Act, plan: Plan, /, kind: str, kept: Kept) -> InputFile:
    check_open(plan)
    if kind not in InputKind.values:
        raise Problem("422.308", name=kept.name, why="没有选它是什么")
    stored = InputFile.objects.create(
        organ=plan.organ, plan=plan, kind=kind, name=kept.name, digest=kept.digest,
        suffix=kept.suffix, size=kept.size, stored_at=act.now, stored_by=act.actor.user,
    )  # fmt: skip
    act.changed(plan)
    return stored


@action("plans.withdraw_input", label="撤下输入文件", roles=STAFF)
def withdraw_input(act: Act, file: InputFile) -> InputFile:
    if file.withdrawn_at is None:
        file.withdrawn_at = act.now
        file.save(update_fields=["withdrawn_at"])
    return file


def check_open(plan: Plan) -> None:
    if plan.state == "void":
        raise Problem("409.305", plan=plan.title)


def _check(plan: Plan) -> None:
    if plan.secrecy not in Secrecy.values:
        given = plan.secrecy
        raise Problem("422.300", given=given, fields={"secrecy": "最高为工作秘密"})
    same = Plan.objects.filter(organ=plan.organ, title=plan.title).exclude(pk=plan.pk)
    if same.exists():
        raise Problem("409.302", title=plan.title, fields={"title": "已有同名的预案"})
    with refused_as("422.310"):
        plan.clean_fields(exclude=["organ"])
