"""What the planner does for coverage. Engines are loaded there and not in web."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any
from uuid import UUID

from hudun.affairs.coverage.models import Survey
from hudun.core.action import Actor
from hudun.core.planner import Desk, Run, planned


def settle(run: Run, answer: dict[str, Any]) -> None:
    from hudun.affairs.coverage.actions.surveying import note_figures

    survey = Survey.objects.get(run=run)
    note_figures(Actor.system(survey.organ, "planner"), survey, figures=answer["figures"])


@planned("coverage.survey", says="计算音响覆盖", keep=settle)
def survey(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    from hudun.affairs.coverage import surveying

    return surveying.survey(ask, desk)


@planned("coverage.try", says="试关、试移警报器", quick=True)
def try_out(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    from hudun.affairs.coverage.live import live_of
    from hudun.affairs.coverage.outputs import overlay

    live = live_of(Run.objects.select_related("organ").get(pk=UUID(ask["run"])))
    moved = {int(index): (float(lon), float(lat)) for index, (lon, lat) in ask["moved"].items()}
    live.set({int(index) for index in ask["off"]}, moved, pool())
    desk.progress(0.5)
    whole = ask["whole"] and live.complete(pool(), overtaken)
    heard = live.heard()
    picture = overlay(live.town, live.kept.summed(), live.needed, heard)
    picture.save(desk.folder / "overlay.png", compress_level=1)
    answer = live.told(heard)
    return {**answer, "whole": whole, "overlap": live.overlap() if whole else None}


def overtaken() -> bool:
    return Run.objects.waiting(quick=True).exists()


@cache
def pool() -> ThreadPoolExecutor:
    """Of its own: a quick answer does not stand behind the tiles of a long run."""
    return ThreadPoolExecutor(os.cpu_count())
