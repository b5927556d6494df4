"""Taking in the report of a performance test; its defects become hazards."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hudun.affairs.inspections.models import Grade, PerformanceDefect, PerformanceTest
from hudun.affairs.inspections.roles import HEADS, STAFF
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.plate import Plate
from hudun.office.credit_code import is_credit_code

from .finding import raise_hazard


class Defect(NamedTuple):
    kind: str
    grade: str
    text: str


@action("inspections.record_test", label="登记性能检测", roles=STAFF)
def record_test(
    act: Act,
    _organ: Organ,
    plate: Plate,
    *,
    unit: str,
    accreditation: str,
    report_no: str,
    tested_on: date,
    valid_until: date,
    result: str,
    credit_code: str = "",
    summary: str = "",
    defects: Sequence[Defect] = (),
) -> PerformanceTest:
    """`_organ` is the plate's. A report with this number is recorded once."""
    test = PerformanceTest(
        organ=plate.organ, plate=plate, unit=unit.strip(), accreditation=accreditation.strip(),
        report_no=report_no.strip(), tested_on=tested_on, valid_until=valid_until, result=result,
        credit_code=credit_code.strip().upper(), summary=summary, recorded_at=act.now,
        recorded_by=act.actor.user,
    )  # fmt: skip
    _check(test)
    test.save(force_insert=True)
    for number, defect in enumerate(defects, 1):
        _store_defect(act, test, number, defect)
    act.note(defects=len(defects))
    act.emit(
        "inspections.test_recorded",
        {"test": test.pk, "plate": plate.pk, "result": result, "defects": len(defects)},
    )
    return test


@action("inspections.void_test", label="作废性能检测", roles=HEADS, needs_reason=True)
def void_test(act: Act, test: PerformanceTest, reason: str = "") -> PerformanceTest:
    """Its hazards stay: each is closed or voided for its own reason."""
    if test.voided_at:
        raise Problem("409.104")
    test.voided_at, test.void_reason = act.now, reason[:500]
    test.save(update_fields=["voided_at", "void_reason"])
    return test


def _check(test: PerformanceTest) -> None:
    wrong = {
        name: "必填" for name in ("unit", "accreditation", "report_no") if not getattr(test, name)
    }
    if test.tested_on > clock.today():
        wrong["tested_on"] = "晚于今天"
    if test.valid_until <= test.tested_on:
        wrong["valid_until"] = "应晚于检测日期"
    if test.credit_code and not is_credit_code(test.credit_code):
        wrong["credit_code"] = "统一社会信用代码不正确"
    if wrong:
        raise Problem("422.117", why="；".join(wrong.values()), fields=wrong)
    same = PerformanceTest.objects.standing().of_plate(test.plate)
    if same.filter(unit=test.unit, report_no=test.report_no).exists():
        raise Problem("409.105", report=test.report_no, fields={"report_no": "已经登记"})


def _store_defect(act: Act, test: PerformanceTest, number: int, defect: Defect) -> None:
    if defect.grade not in Grade.values or not defect.kind.strip() or not defect.text.strip():
        where = f"defects[{number - 1}]"
        raise Problem("422.117", why=f"第 {number} 条缺陷不完整", fields={where: "不完整"})
    hazard = raise_hazard(
        Actor.system(test.organ, act.actor.device).because(f"性能检测报告 {test.report_no}"),
        test.organ, test.plate,
        kind=defect.kind.strip()[:60], grade=defect.grade, detail=defect.text.strip()[:500],
    )  # fmt: skip
    PerformanceDefect.objects.create(
        test=test, number=number, kind=hazard.kind, grade=hazard.grade, text=hazard.detail,
        hazard=hazard,
    )  # fmt: skip
