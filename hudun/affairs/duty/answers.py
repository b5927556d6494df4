"""What other affairs did, as lines of the shift log; hudun/wiring.py names which."""

from hudun.core.action import Actor
from hudun.core.outbox.models import Event

from .actions import write
from .models import EntryKind

WORDS = {
    "soundings.released": "鸣放计划已放行。",
    "soundings.noticed": "鸣放公告已发布。",
    "soundings.closed": "鸣放结束，结论收齐。",
    "soundings.stopped": "鸣放计划已停止。",
}


def note(event: Event) -> None:
    if event.organ is None:
        return
    url = f"/soundings/plans/{event.payload['plan']}/"
    write(Actor.system(event.organ), event.organ, WORDS[event.name], EntryKind.ORDER, url)
