"""Asking for a calculation of coverage; noting who was silent; voiding."""

from datetime import date
from typing import Any
from uuid import UUID

from hudun.affairs.coverage.asking import (
    Settings,
    extent,
    layers_of,
    refuse_too_much,
    sirens_of,
    snapshot,
)
from hudun.affairs.coverage.flow import STAFF, SurveyFlow
from hudun.affairs.coverage.models import Silence, Survey
from hudun.assets.city.ground import ground
from hudun.core.action import Act, Actor, action
from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.core.organ import Organ, Role
from hudun.core.planner import Run, ask_run

ASKERS = (*STAFF, Role.DIRECTOR, Role.DUTY_OFFICER)


@action("coverage.ask_survey", label="计算音响覆盖", roles=ASKERS)
def ask_survey(act: Act, organ: Organ, /, *, name: str, settings: Settings) -> Survey:
    """Refused with the cost where it is too much for one computer."""
    office = organ.seat()
    sirens = sirens_of(office, settings.sirens)
    if not sirens:
        raise Problem("409.200")
    asked_extent = extent(office, sirens, settings.reach)
    refuse_too_much(asked_extent.cost(settings.step, len(sirens)), asked_extent)
    survey = Survey(
        id=new_id(), organ=office, name=name, asked_at=act.now, asked_by=act.actor.user,
        settings=settings.as_json(), sirens=snapshot(sirens, settings),
        layers=layers_of(ground(office)),
    )  # fmt: skip
    ask = {"settings": survey.settings, "sirens": survey.sirens, "layers": survey.layers}
    survey.run = ask_run(act.actor, office, kind="coverage.survey", ask=ask, back=survey.url)
    survey.save(force_insert=True)
    return survey


@action("coverage.note_figures", label="记下覆盖率", roles=())
def note_figures(_act: Act, survey: Survey, *, figures: dict[str, Any]) -> Survey:
    """The two that lists show, by the system when the calculation has ended."""
    survey.area_share = figures["area_share"]
    survey.people_share = figures["people_share"] if figures["people"] else None
    survey.save(update_fields=["area_share", "people_share"])
    return survey


@action("coverage.void_survey", moves=SurveyFlow.void, needs_reason=True)
def void_survey(_act: Act, survey: Survey) -> Survey:
    return survey


def try_out(
    actor: Actor, survey: Survey, *, off: list[int], moved: dict[int, tuple[float, float]],
    whole: bool,
) -> Run:  # fmt: skip
    """A question, not a change: nothing is kept of it beyond the day."""
    if survey.run.state != "done":
        raise Problem("409.201")
    ask: dict[str, Any] = {
        "run": str(survey.run_id),
        "off": off,
        "moved": {str(index): place for index, place in moved.items()},
        "whole": whole,
    }
    return ask_run(actor, survey.organ, kind="coverage.try", ask=ask, back=survey.url)


@action("coverage.record_silence", label="记录未响的警报器", roles=())
def record_silence(
    act: Act, organ: Organ, *, order: UUID, day: date, title: str, url: str, ordered: int,
    numbers: list[int],
) -> Silence:  # fmt: skip
    """By the system, when a sounding is settled. A verdict that changed takes the place of the
    first."""
    found = Silence.objects.filter(order=order).first() or Silence(organ=organ, order=order)
    found.day, found.title, found.url, found.ordered = day, title, url, ordered
    found.numbers, found.recorded_at = sorted(numbers), act.now
    found.save()
    return found
