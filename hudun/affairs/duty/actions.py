"""Every write to the shift log."""

from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.live.announce import announce
from hudun.core.organ import Organ, Role, User

from . import problems  # noqa: F401
from .flow import WATCHMEN, WatchFlow
from .models import EntryKind, LogEntry, Watch

MAY_END_OTHERS = WATCHMEN - {Role.DUTY_OFFICER}


@action("duty.begin_watch", label="上班", roles=WATCHMEN)
def begin_watch(act: Act, organ: Organ) -> Watch:
    """The first watch of an office, or one beside another; usually a watch is taken over."""
    return _begin(act, organ, _person(act))


@action("duty.hand_over", moves=WatchFlow.hand_over)
def hand_over(act: Act, watch: Watch, handed_to: User, handover: str) -> Watch:
    person = _person(act)
    if person != watch.person and not person.has_role(MAY_END_OTHERS, watch.organ):
        raise Problem("403.75", who=watch.person)
    if not handed_to.has_role(WATCHMEN, watch.organ):
        raise Problem("422.75", who=handed_to, fields={"handed_to": "没有值班岗位"})
    watch.handed_to, watch.handover, watch.handed_at = handed_to, handover.strip(), act.now
    watch.save(update_fields=["handed_to", "handover", "handed_at"])
    text = f"{watch.person} 交班给 {handed_to}。{watch.handover or '无待办事项。'}"
    _log(act, watch.organ, EntryKind.HANDOVER, text)
    return watch


@action("duty.take_over", moves=WatchFlow.take_over)
def take_over(act: Act, watch: Watch) -> Watch:
    """Ends the watch that was handed over and begins one's own, in one transaction."""
    person = _person(act)
    if person != watch.handed_to:
        raise Problem("403.76", who=watch.handed_to)
    watch.ended_at = act.now
    watch.save(update_fields=["ended_at"])
    _log(act, watch.organ, EntryKind.HANDOVER, f"{person} 接班，已阅交班说明。")
    mine = _begin(act, watch.organ, person)
    act.changed(mine)
    return mine


@action("duty.take_back", moves=WatchFlow.take_back)
def take_back(act: Act, watch: Watch) -> Watch:
    if _person(act) != watch.person:
        raise Problem("403.75", who=watch.person)
    watch.handed_to = None
    watch.save(update_fields=["handed_to"])
    _log(act, watch.organ, EntryKind.HANDOVER, f"{watch.person} 撤回交班。")
    return watch


@action("duty.write", label="写值班记录", roles=WATCHMEN)
def write(act: Act, organ: Organ, text: str, kind: str = EntryKind.NOTE, url: str = "") -> LogEntry:
    """Also called by the office itself for what happened to orders and sirens."""
    if not text.strip():
        raise Problem("422.76", fields={"text": "请写明内容"})
    return _log(act, organ, kind, text.strip(), url)


def _begin(act: Act, organ: Organ, person: User) -> Watch:
    if Watch.objects.open().filter(organ=organ, person=person).exists():
        raise Problem("409.75", who=person)
    watch = Watch.objects.create(organ=organ, person=person, began_at=act.now)
    _log(act, organ, EntryKind.HANDOVER, f"{person} 当班。")
    return watch


def _log(act: Act, organ: Organ, kind: str, text: str, url: str = "") -> LogEntry:
    person = act.actor.user
    entry = LogEntry.objects.create(
        organ=organ, at=act.now, person=person, kind=kind, text=text, url=url
    )
    announce("log", organ, {"entry": str(entry.pk)})
    return entry


def _person(act: Act) -> User:
    if act.actor.user is None:
        raise Problem("401.1")
    return act.actor.user
