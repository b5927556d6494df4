"""Tags of the pages of inspections: {% load inspections %}."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hudun.affairs.inspections.answering import stands_at
from hudun.affairs.inspections.checklist.nouns import RESULT_WORDS, UNANSWERED
from hudun.affairs.inspections.models import Hazard, Notice, PhotoPromise, Visit, VisitAnswer
from hudun.affairs.inspections.roles import STAFF
from hudun.affairs.inspections.timeline import Step, timeline_of
from hudun.core import clock
from hudun.core.action import actions
from hudun.core.notice.models import Sending
from hudun.core.organ import User

register = template.Library()

TONES: dict[str | None, str] = {"pass": "ok", "fail": "bad"}
Photos = dict[str, list[PhotoPromise]]


@register.simple_tag
def result_badge(result: str | None) -> SafeString:
    tone, word = TONES.get(result, "idle"), RESULT_WORDS.get(result, UNANSWERED)
    return format_html('<span class="state state-{}">{}</span>', tone, word)


@register.simple_tag
def photos_of(visit: Visit) -> Photos:
    """By item; a photo may show several."""
    promised = {str(photo.pk): photo for photo in visit.promised.all()}
    shown = {a["item"]: a.get("photos", []) for a in visit.package["answers"]}
    return {key: [promised[pk.lower()] for pk in ids if pk.lower() in promised]
            for key, ids in shown.items()}  # fmt: skip


@register.simple_tag
def photo_rest(photos: Photos, visit: Visit) -> Photos:
    """Photos of the place as a whole, and those of items that are not on the page."""
    on_page = {judged.item.key for judged in visit.score.judged}
    shown = {photo.pk for key in on_page for photo in photos.get(key, [])}
    rest = [photo for photo in visit.promised.all() if photo.pk not in shown]
    return {"": rest} if rest else {}


@register.simple_tag
def answer_of(visit: Visit, key: str) -> VisitAnswer | None:
    known: dict[str, VisitAnswer] = visit.__dict__.setdefault(
        "_answers", {answer.key: answer for answer in visit.answers.all()}
    )
    return known.get(key)


@register.inclusion_tag("inspections/photos.html")
def photo_strip(photos: Photos, key: str) -> dict[str, Any]:
    return {"photos": photos.get(key, [])}


@register.simple_tag
def steps_of(hazard: Hazard) -> list[Step]:
    return timeline_of(hazard)


@register.simple_tag
def may_answer(hazard: Hazard, user: User) -> bool:
    return hazard.state in ("noticed", "replied") and stands_at(user, hazard) is not None


@register.simple_tag
def may_keep_links(notice: Notice, user: User) -> bool:
    return user.has_role(STAFF, notice.organ)


@register.simple_tag
def may(user: User, verb: str) -> bool:
    """Whether the person holds a role for the action anywhere."""
    return user.has_any_role(*actions[verb].roles)


@register.simple_tag
def last_period() -> dict[str, str]:
    """The half-year or year that has ended last."""
    today = clock.today()
    if today.month > 6:
        return {"first": f"{today.year}-01-01", "last": f"{today.year}-06-30"}
    return {"first": f"{today.year - 1}-01-01", "last": f"{today.year - 1}-12-31"}


@register.simple_tag
def sendings_of(notice: Notice) -> list[Sending]:
    """What was sent about it, and whether it arrived."""
    rows = Sending.objects.about(notice).select_related("message__unit", "message__person")
    return list(rows.order_by("due_at", "id"))
