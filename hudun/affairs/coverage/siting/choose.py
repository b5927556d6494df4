"""The best choice, the ones after it, and what one siren more is worth."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from hudun.engines.siting import (
    Answer,
    Cover,
    affordable,
    cover,
    gradual,
    least_number,
    maximal,
)
from hudun.engines.siting.answer import Floats
from hudun.geodata.projection import GeodataError

from .brief import Brief
from .candidates import Candidates
from .reach import Reach

CURVE = 8
"""Sirens up to which the curve is drawn."""
CURVE_S = 1.5
AFTER_S = 4.0
"""For each of the choices after the best."""


@dataclass(frozen=True)
class Choice:
    sites: tuple[int, ...]
    value: float


@dataclass(frozen=True)
class Chosen:
    """best and the choices after it, the best first; curve: (number of sirens, value, bound)."""

    answer: Answer
    choices: list[Choice]
    curve: list[tuple[int, float, float]]
    base: float
    """What is reached without any new siren."""


def choose(reach: Reach, found: Candidates, brief: Brief) -> Chosen:
    ask = Question(reach, found, brief)
    answer = ask.answer(brief.seconds)
    choices = [Choice(tuple(answer.sites.tolist()), answer.value)]
    for site in answer.sites if brief.alternatives and len(found) > 1 else ():
        with suppress(GeodataError):
            after = ask.answer(AFTER_S, without=int(site))
            choices.append(Choice(tuple(after.sites.tolist()), after.value))
    ranked = sorted(set(choices[1:]), key=lambda one: (-ask.merit(one.value), one.sites))
    kept = [choices[0], *ranked[: brief.alternatives]]
    return Chosen(answer, kept, ask.curve(len(answer.sites)), ask.base)


class Question:
    def __init__(self, reach: Reach, found: Candidates, brief: Brief) -> None:
        self.reach, self.cost, self.brief = reach, found.cost, brief
        self.given, self.fixed = reach.cover(adds=brief.objective != "backup")
        padded = np.concatenate([found.cost, np.ones(len(self.fixed))])
        self.padded: Floats = padded
        times = np.zeros(len(reach.weight))
        for site in self.fixed:
            times[self.given.of(int(site))] += 1
        second = brief.backup if brief.objective == "backup" else 0.0
        self.second = second
        self.base = float(reach.weight[times > 0].sum() + second * reach.weight[times > 1].sum())

    def merit(self, value: float) -> float:
        """More is better."""
        return value if self.brief.objective in ("cover", "backup") else -value

    def answer(self, seconds: float, without: int | None = None) -> Answer:
        brief = self.brief
        given = self.given if without is None else emptied(self.given, without)
        count = min(brief.new, len(self.cost) - (without is not None))
        match brief.objective:
            case "worst":
                return self.worst(count, seconds, without)
            case "fewest":
                cost = self.padded if brief.cheapest else None
                return self.fewest(given, cost, seconds)
        barred = np.array([] if without is None else [without], np.int64)
        if brief.budget_fen is None:
            return maximal(given, count, seconds, self.fixed, barred, self.second)
        return affordable(
            given, self.padded, brief.budget_fen, seconds, count, self.fixed, self.second
        )

    def fewest(self, given: Cover, cost: Floats | None, seconds: float) -> Answer:
        try:
            return least_number(given, self.brief.share, seconds, self.fixed, cost)
        except ValueError as wrong:
            reached = given.weight[np.diff(given.start) > 0].sum() / given.weight.sum()
            text = f"全部候选点加现有警报器只能覆盖 {reached:.1%}，到不了 {self.brief.share:.1%}"
            raise GeodataError(f"{text}：请放宽候选点，或降低目标") from wrong

    def worst(self, count: int, seconds: float, without: int | None = None) -> Answer:
        """By how many dB the loudest siren, whichever it is, misses what is needed where it misses
        most."""
        needed = self.reach.needed.astype(float)
        levels = needed - self.reach.sites.astype(float)
        if without is not None:
            levels[without] = 1e3
        if not len(self.reach.standing):
            return gradual(levels, count, seconds)
        both = np.vstack([levels, needed - self.reach.summed])
        return gradual(both, count, seconds, np.array([len(levels)]))

    def curve(self, chosen: int) -> list[tuple[int, float, float]]:
        """What so many new sirens reach at best, within the time for each."""
        most = min(max(chosen + 2, self.brief.new + 2), CURVE, len(self.cost))
        points = [(0, self.base, self.base)] if self.brief.objective != "worst" else []
        for count in range(1, most + 1):
            if self.brief.objective == "worst":
                found = self.worst(count, CURVE_S)
            else:
                found = maximal(self.given, count, CURVE_S, self.fixed, backup=self.second)
            points.append((count, found.value, found.bound))
        return points


def emptied(given: Cover, without: int) -> Cover:
    """The same, but one candidate reaches nobody."""
    none = np.zeros(0, np.int64)
    sets = [none if i == without else given.of(i) for i in range(given.candidates)]
    return cover(sets, given.weight)
