"""A search for sites on the office's own layers and register."""

from typing import Any

from hudun.affairs.coverage.models import Site
from hudun.affairs.coverage.siting.answer import answer, write
from hudun.affairs.coverage.siting.brief import Brief
from hudun.affairs.coverage.siting.place import File, Files, Row
from hudun.affairs.coverage.siting.search import search
from hudun.assets.city.ground import Ground, ground
from hudun.assets.city.models import Layer
from hudun.assets.sirens.models import Siren, SirenKind
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.planner import Desk, planned
from hudun.geodata.projection import GeodataError

KIND = "coverage.sites"
MOVING = (SirenKind.VEHICLE, SirenKind.HAND)


@planned(KIND, says="选址测算")
def find_sites(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    there = ground(desk.organ)
    rows, said = standing(desk.organ, agreed=bool(ask.get("agreed")))
    try:
        found = search(files_of(there), rows, Brief.of(ask), desk.executor, desk.progress)
    except GeodataError as wrong:
        raise Problem("422.224", why=str(wrong).rstrip("。")) from wrong
    write(found, desk.folder)
    told = answer(found)
    lines = [*there.lines(), *said, *(named(there, one) for one in told["lines"])]
    return {**told, "lines": lines}


def named(there: Ground, line: str) -> str:
    """A layer by its name: its file is named by a digest."""
    for layer in there.layers:
        line = line.replace(layer.path.name, f"“{layer.name}”")
    return line


def files_of(there: Ground) -> Files:
    def file(layer: Layer | None) -> File | None:
        return None if layer is None else File(layer.path, layer.true_datum)

    return Files(
        file(there.buildings),
        file(there.terrain),
        file(there.population),
        file(there.built_up),
        file(there.ambient),
        file(there.ground),
    )


def standing(organ: Organ, *, agreed: bool) -> tuple[list[Row], list[str]]:
    """What stands in the register, and, if wanted, what is approved; what is left out is said."""
    sirens = list(Siren.objects.under(organ).standing())
    fixed = [one for one in sirens if one.kind not in MOVING]
    placed = [one for one in fixed if one.lon is not None and one.lat is not None]
    rows = [Row(str(s), s.lon or 0.0, s.lat or 0.0, s.height_m, s.spl30_db) for s in placed]
    said = []
    if len(fixed) < len(sirens):
        said.append(f"车载、手摇警报器 {len(sirens) - len(fixed)} 台没有固定位置，不计")
    if len(placed) < len(fixed):
        said.append(f"台账没有坐标的警报器 {len(fixed) - len(placed)} 台，不计")
    if agreed:
        sites = [one for one in Site.objects.under(organ).agreed() if one.lon is not None]
        rows += [Row(str(s), s.lon or 0.0, s.lat or 0.0, s.height_m, s.spl30_db) for s in sites]
        said.append(f"已批准、还没有建档的选址 {len(sites)} 处，算作已有")
    return rows, said
