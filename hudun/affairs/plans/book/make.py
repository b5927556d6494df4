"""The whole book of a plan into a folder: tables, sheets, maps, and the plan itself put away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from hudun.affairs.plans.shelter_plan import needs as lacking
from hudun.affairs.plans.shelter_plan import tables
from hudun.affairs.plans.shelter_plan.plan import Result

from .arcs import Arc, arcs, communities_of
from .balance import REASON_WORDS, REASONS, balance
from .community import community_sheets
from .directory import Directory
from .keep import keep
from .layers import write_layers
from .names import BOOK, LISTS, SHEETS
from .shelter import shelter_lists, shelter_rows
from .streetmap import street_map

Row = dict[str, Any]
Progress = Callable[[float, str], None]
COMMUNITY = (
    "name", "people", "vulnerable", "covered", *REASONS, "mean_m", "worst_m", "inside_min",
)  # fmt: skip
MOST_FAULTS = 500


def make_book(
    result: Result, folder: Path, directory: Directory, progress: Progress | None = None,
    sites: int = 10, size: int = 2_000,
) -> Row:  # fmt: skip
    """Writes everything and gives what `book.json` says."""
    tell = progress or _silent
    for name in (SHEETS, LISTS):
        (folder / name).mkdir(parents=True, exist_ok=True)
    pairs = list(arcs(result))
    shelters = shelter_rows(result, directory)
    tell(0.1, "社区册页")
    communities = _write_sheets(result, pairs, directory, shelters, folder)
    tell(0.5, "工程名单")
    for k, one in enumerate(shelter_lists(result, pairs, directory, shelters)):
        save(folder / LISTS / f"{k}.json", one)
    tell(0.6, "地图")
    gaps = gap_rows(result)
    write_layers(result, pairs, shelters, gaps, folder)
    tell(0.8, "缺口与补法")
    book: Row = {
        "totals": totals(result),
        "communities": communities,
        "shelters": shelters,
        "pairs": pair_rows(result, pairs),
        "gaps": gaps,
        "needs": lacking.needs(result, sites, size) if result.ground.streets.placed else [],
    }
    book["level"] = balance(
        book["totals"], communities, shelters, book["pairs"], gaps
    ).level  # fmt: skip
    save(folder / BOOK, book)
    tell(0.9, "存档")
    keep(result, folder)
    return book


def _silent(_share: float, _words: str) -> None:
    pass


def save(path: Path, said: Any) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _write_sheets(
    result: Result, pairs: list[Arc], directory: Directory, shelters: list[Row], folder: Path
) -> list[Row]:
    loads = dict(enumerate(shelters))
    rows = []
    for k, sheet in enumerate(community_sheets(result, pairs, directory, loads)):
        if sheet["placed"]:
            (folder / SHEETS / f"{k}.svg").write_bytes(street_map(result.ground.streets, sheet))
        save(folder / SHEETS / f"{k}.json", {**sheet, "ways": []})
        rows.append({name: sheet[name] for name in COMMUNITY})
    return rows


def pair_rows(result: Result, pairs: list[Arc]) -> list[Row]:
    """People of each community in each shelter."""
    names, ids = communities_of(result), result.ground.shelters.id
    found: dict[tuple[str, str], list[float]] = {}
    for arc in pairs:
        cell = found.setdefault((names[arc.row], ids[arc.shelter]), [0, 0.0, 0.0])
        cell[0] += arc.people
        cell[1] += arc.people * arc.metres
        cell[2] = max(cell[2], arc.inside_min)
    return [
        {
            "community": community, "shelter": shelter, "people": int(people),
            "mean_m": round(metres / max(1, people), 1), "inside_min": inside,
        }
        for (community, shelter), (people, metres, inside) in sorted(found.items())
    ]  # fmt: skip


def gap_rows(result: Result) -> list[Row]:
    keys = {word: key for key, word in REASON_WORDS.items()}
    placed = result.ground.streets.placed
    return [
        {**row, "reason": keys[row["reason"]]}
        | {name: round(row[name], 6) if placed else None for name in ("lon", "lat")}
        for row in tables.gaps(result)
    ]


def totals(result: Result) -> Row:
    told = tables.summary(result)
    keys = {word: key for key, word in REASON_WORDS.items()}
    numbers = result.ground.shelters.numbers
    lost = {
        f"{name}：0" for name, n in zip(result.ground.shelters.id, numbers, strict=True) if not n
    }
    off = [fault for fault in told["shelters_off_network"] if fault not in lost]
    faults = [*told["unused_rows"], *told["off_network"], *off]
    return {
        **{keys.get(name, name): value for name, value in told.items() if name not in _LONG},
        "vulnerable": int(np.sum(result.ground.people.vulnerables)),
        "rows": len(result.ground.people.id),
        "limit_m": result.terms.limit_m,
        "warning_s": result.terms.warning_s,
        "start_s": result.terms.start_s,
        "faults": faults[:MOST_FAULTS],
        "fault_count": len(faults),
        "streets": told["streets"],
        "placed": result.ground.streets.placed,
    }


_LONG = {"unused_rows", "off_network", "shelters_off_network", "streets"}
