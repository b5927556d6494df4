"""What units and streets are told. No person's name; the link is put in when it is sent."""

from collections.abc import Iterable, Sequence

from hudun.affairs.inspections.links import PLACE
from hudun.affairs.inspections.models import Escalation, Hazard, Notice
from hudun.affairs.inspections.responsible import emails_of
from hudun.core import clock
from hudun.core.action import Act
from hudun.core.notice.tell import tell
from hudun.core.organ import Organ, OrganKind
from hudun.office.letterhead import letterhead

FILLER = "hudun.affairs.inspections.links.fill"
LOCAL = (OrganKind.COMMUNITY, OrganKind.SUBDISTRICT)


def tell_notice(act: Act, notice: Notice, hazards: Sequence[Hazard]) -> None:
    """The unit gets the link; street and community get the list."""
    number = notice.paper.number if notice.paper else ""
    lines = "\n".join(_lines(hazards))
    head = letterhead(notice.organ).name
    _to_unit(
        act, notice, f"限期整改通知：{notice.plate}",
        f"{notice.addressee}：\n{head}{number}通知你单位整改下列隐患：\n{lines}\n"
        f"整改后请从这里填报，附照片：\n{PLACE}\n链接只用于这份通知，请勿转给无关的人。",
    )  # fmt: skip
    for organ in _local(notice.organ):
        tell(
            act, organ, f"隐患通报：{notice.plate}",
            f"{head}{number}已通知{notice.addressee}整改下列隐患，请督促按期完成：\n{lines}",
            topic="inspections.notice", about=notice, key=f"notice:{notice.pk}:{organ.pk}",
        )  # fmt: skip


def tell_sent_back(act: Act, hazard: Hazard) -> None:
    if hazard.notice is not None:
        again = f"整改期限 {_day(hazard.due_on)}，请于 {_day(hazard.until)} 前重新整改并填报："
        _to_unit(
            act, hazard.notice, f"复查不合格：{hazard}",
            f"{hazard.unit}：\n{hazard.plate}“{hazard.kind}”复查不合格：{act.reason}\n"
            f"{again}\n{PLACE}",
        )  # fmt: skip


def tell_extended(act: Act, hazard: Hazard) -> None:
    if hazard.notice is not None:
        _to_unit(
            act, hazard.notice, f"整改延期：{hazard}",
            f"{hazard.unit}：\n{hazard.plate}“{hazard.kind}”整改期限延至 {_day(hazard.due_on)}。"
            f"理由：{act.reason}",
        )  # fmt: skip


def tell_rung(act: Act, hazard: Hazard, rung: Escalation) -> None:
    """States the day on which it ought to have been told, if the machine stood still then."""
    done = clock.beijing(rung.done_at)
    late = (
        f"\n应于 {_day(rung.ought_on)} 报送，因系统停机，于 {done:%Y-%m-%d %H:%M} 补报。"
        if rung.is_late
        else ""
    )
    what = "整改" if rung.state == "noticed" else "办理"
    further = f"，请于 {_day(hazard.until)} 前督促解决" if hazard.until else ""
    tell(
        act, rung.organ, f"隐患逾期督办：{hazard}",
        f"{rung.organ}：\n{hazard.plate}“{hazard.kind}”（{hazard.grade}），责任单位 {hazard.unit}，"
        f"应于 {_day(rung.due_on)} 前{what}，逾期未完成{further}。{late}",
        topic="inspections.escalated", about=hazard, key=f"escalation:{rung.pk}",
    )  # fmt: skip


def _to_unit(act: Act, notice: Notice, subject: str, text: str) -> None:
    message = tell(
        act, notice.addressee_organ, subject, text, topic="inspections.notice", about=notice,
        emails=emails_of(notice.plate, notice.addressee), filler=FILLER,
    )  # fmt: skip
    act.note(message=message.pk)


def _local(organ: Organ) -> Iterable[Organ]:
    return Organ.objects.above(organ).kind(*LOCAL)


def _lines(hazards: Sequence[Hazard]) -> Iterable[str]:
    for number, hazard in enumerate(hazards, start=1):
        due = _day(hazard.due_on)
        yield f"{number}. {hazard.kind}（{hazard.grade}）：{hazard.detail}，限 {due}"


def _day(day: object) -> str:
    return str(day or "—")
