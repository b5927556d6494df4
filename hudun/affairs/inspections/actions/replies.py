"""整改回复: by the link, by somebody of the unit or street with an account, or on paper."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from hudun.affairs.inspections.hazard_flow import HazardFlow
from hudun.affairs.inspections.holding import with_office
from hudun.affairs.inspections.limits import limits_of
from hudun.affairs.inspections.models import Hazard, Reply
from hudun.affairs.inspections.roles import CHECKERS
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.attachment.admit import Admitted
from hudun.core.attachment.store import store
from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.core.organ import Organ, Role

MOST_PHOTOS = 6
MOST_CHARACTERS = 2000
MOST_REPLIES = 20
"""To one hazard: a link that fell into wrong hands fills no disk."""


class Photo(NamedTuple):
    id: UUID
    admitted: Admitted


@action("inspections.answer", label="整改回复", roles=CHECKERS | {Role.KEEPER})
def answer(
    act: Act,
    organ: Organ,
    hazard: Hazard,
    *,
    text: str,
    photos: Sequence[Photo] = (),
    token: UUID | None = None,
) -> Reply:
    """`organ` is where the person stands: the unit that answers for the thing, or an organ above
    it. Before the office has looked, a further answer adds to the first. `token` becomes
    the answer's id: the same one a second time changes nothing."""
    hazard = _held(hazard)
    _check_answers_for(organ, hazard)
    if token and (known := Reply.objects.filter(pk=token, hazard=hazard).first()):
        return known
    _check(hazard, text, photos)
    reply = _stored(act, hazard, text, photos, token)
    if hazard.state == "noticed":
        take_reply(
            Actor.system(hazard.organ, act.actor.device).because("整改回复"), hazard, known=True
        )
    return reply


@action("inspections.reply", moves=HazardFlow.reply, needs_reason=True)
def take_reply(act: Act, hazard: Hazard, known: bool = False) -> Hazard:
    """The office has it again. On a page this is an answer that came on paper: the reason
    holds its words."""
    if not known:
        act.changed(_stored(act, hazard, act.reason, ()))
    limits = limits_of(hazard.organ, clock.today())
    hazard.save(update_fields=with_office(hazard, limits, "recheck", clock.today()))
    return hazard


def _held(hazard: Hazard) -> Hazard:
    """As it is now; its row stays ours until the end of the transaction."""
    rows = Hazard.objects.select_for_update(of=("self",))
    return rows.get(pk=hazard.pk)


def _check_answers_for(organ: Organ, hazard: Hazard) -> None:
    if not organ.contains(hazard.organ) and not hazard.plate.units.filter(pk=organ.pk).exists():
        raise Problem("404.1")


def _check(hazard: Hazard, text: str, photos: Sequence[Photo]) -> None:
    if hazard.state not in ("noticed", "replied"):
        raise Problem("409.122", state=hazard.shown.label)
    if not text.strip():
        raise Problem("422.123", fields={"text": "请写明整改情况"})
    if len(photos) > MOST_PHOTOS:
        raise Problem("422.124", most=MOST_PHOTOS, fields={"photos": f"最多 {MOST_PHOTOS} 张"})
    if hazard.replies.count() >= MOST_REPLIES:
        raise Problem("429.120", most=MOST_REPLIES)


def _stored(
    act: Act, hazard: Hazard, text: str, photos: Sequence[Photo], token: UUID | None = None
) -> Reply:
    reply = Reply.objects.create(
        id=token or new_id(), organ=hazard.organ, plate=hazard.plate, hazard=hazard,
        notice=hazard.notice,
        text=text.strip()[:MOST_CHARACTERS], person=act.actor.user, answered_at=act.now,
    )  # fmt: skip
    for photo in photos:
        store(act, hazard.organ, id=photo.id, data=photo.admitted, about=reply)
    act.changed(hazard)
    act.note(photos=len(photos))
    return reply
