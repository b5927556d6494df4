"""One search from files to a ranked answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from time import monotonic

from hudun.engines.acoustics.audible import DeadZone, Figures, dead_zones
from hudun.geodata.projection import GeodataError

from .brief import Brief
from .candidates import Candidates, candidates
from .choose import AFTER_S, CURVE, CURVE_S, Choice, Chosen, choose
from .judge import FEW, Gain, Judge
from .place import Field, Files, Place, Row, gather, spread
from .reach import measured

Progress = Callable[[float, str], None]
PLAIN_PAIRS, SIDE_PAIRS = 200_000.0, 30_000.0
"""Siren–receiver pairs per second and core: without and with ways round the sides."""
SHOWN_ZONES = 5


@dataclass(frozen=True)
class Worth:
    """A site in a choice: alone: what it adds to what stands; last: what would be lost without it
    in this choice."""

    site: int
    alone: Gain
    last: Gain


@dataclass(frozen=True)
class Judged:
    choice: Choice
    worths: list[Worth]
    after: Figures
    gain: Gain
    cost_fen: int | None


@dataclass(frozen=True)
class Found:
    brief: Brief
    place: Place
    field: Field
    pool: Candidates
    chosen: Chosen
    before: Figures
    judged: list[Judged]
    zones: list[DeadZone]
    """Where nothing is heard even with the best choice."""
    judge: Judge
    seconds: float


def search(
    files: Files, standing: list[Row], brief: Brief, executor: Executor, progress: Progress
) -> Found:
    began = monotonic()
    progress(0.0, "读入数据")
    place = gather(files, standing, brief)
    pool = candidates(place, brief, files.buildings)
    progress(0.04, f"候选 {len(pool)} 处")
    rough = spread(place, brief, brief.coarse)
    reach = measured(
        place, rough, pool, brief, executor, part(progress, 0.05, 0.4, "各点单独能到哪里")
    )
    if not reach.weight.sum():
        what = "人口" if brief.measure == "people" else "建成区面积"
        raise GeodataError(f"范围里没有{what}，没有可以覆盖的：请改按另一种，或补上数据")
    progress(0.4, "挑选")
    chosen = choose(reach, pool, brief)
    field = spread(place, brief, brief.fine)
    judge = Judge(place, field, brief, executor)
    judge.hear_standing(part(progress, 0.6, 0.85, "现有警报器，能量相加"))
    judged = weigh(judge, pool, chosen, part(progress, 0.85, 0.98, "选中的点，能量相加"))
    best = judge.heard(judged[0].choice.sites)
    zones = dead_zones(field.grid, best | field.indoors, field.ground, field.people)
    return Found(
        brief, place, field, pool, chosen, judge.figures(()), judged, zones[:SHOWN_ZONES], judge,
        monotonic() - began,
    )  # fmt: skip


def part(progress: Progress, first: float, last: float, what: str) -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        progress(first + (last - first) * done / of, f"{what}：第 {done} 台，共 {of} 台")

    return tell


def weigh(
    judge: Judge, pool: Candidates, chosen: Chosen, tell: Callable[[int, int], None]
) -> list[Judged]:
    """Every choice with its true figures. For most covered, in the order of these."""
    sites = sorted({site for choice in chosen.choices for site in choice.sites})
    for done, site in enumerate(sites, 1):
        judge.add(site, pool.siren(site, judge.brief.level))
        tell(done, len(sites))
    judged = [weighed(judge, pool, choice) for choice in chosen.choices]
    if judge.brief.objective == "cover":
        return sorted(judged, key=lambda one: -merit(one, judge.brief))
    return judged


def merit(one: Judged, brief: Brief) -> float:
    return one.gain.people if brief.measure == "people" else one.gain.m2


def weighed(judge: Judge, pool: Candidates, choice: Choice) -> Judged:
    worths = []
    for site in choice.sites:
        others = [other for other in choice.sites if other != site]
        worths.append(Worth(site, judge.gain([site], ()), judge.gain([site], others)))
    cost = pool.cost[list(choice.sites)]
    fen = None if (cost < 0).any() else int(cost.sum())
    after, gain = judge.figures(choice.sites), judge.gain(choice.sites, ())
    return Judged(choice, worths, after, gain, fen)


def estimate(
    sites: int, standing: int, area_m2: float, brief: Brief, cores: int
) -> tuple[float, str]:
    """(seconds at most, words): what the search costs, before it starts. Less where the sirens that
    stand are heard already: there no candidate and only the nearest sirens are reckoned."""
    rough, fine = area_m2 / brief.coarse**2, area_m2 / brief.fine**2
    pairs = 0.0 if brief.sets == "quick" else (sites + standing) * rough
    chosen = brief.new * (1 + brief.alternatives)
    exact = (standing + chosen) * fine
    thinking = brief.seconds + brief.new * AFTER_S + CURVE * CURVE_S
    most = pairs / PLAIN_PAIRS / cores + exact / SIDE_PAIRS / cores + thinking
    share = standing / max(sites + standing, 1)
    least = pairs * share / PLAIN_PAIRS / cores
    least += min(standing, FEW) * fine / SIDE_PAIRS / cores + 2.0
    memory = (sites + standing) * rough * 4 / 2**20 + (chosen + 4) * fine * 8 / 2**20 + 300
    return most, (
        f"候选至多 {sites} 处、现有 {standing} 台；粗网格至多 {pairs:,.0f} 对，细网格至多 "
        f"{exact:,.0f} 对，挑选至多 {thinking:,.0f} 秒；{cores} 核 {least:,.0f} 到 {most:,.0f} 秒"
        f"（现有的覆盖越好越快），内存约 {memory:,.0f} MB"
    )
