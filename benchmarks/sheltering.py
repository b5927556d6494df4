"""Who goes where, how fast it is found, and against whom: search, assignment, loss, clearance.

Every solver runs alone in a process of its own on the same instance; equal answers are checked.
Ratios are of CPU seconds, which other programs on the machine disturb least; wall seconds stand
beside them. docs/benchmarks.md says more.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from hudun.engines.sheltering.instance import Instance
from hudun.engines.sheltering.search import reach

from .sheltering_parts.city import LIMIT_M, City, make, near_city

Row = dict[str, Any]
PARTS = "benchmarks.sheltering_parts"
SOME, FEW = 5_000, 10  # shelters for scipy and for igraph; ours runs the same, and all of them
AIMS = {"search": 30.0, "assign": 2.0, "end_to_end": 60.0, "mb": 4096, "repair": 0.1,
        "stable": 10.0, "moved": 2.5, "walk": 1.01, "clearance": 10.0}  # fmt: skip


def run(*words: str) -> Row:
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return row


def store(city: City, folder: Path) -> tuple[Path, Row]:
    """The city and its instance on disk; with the seconds from streets to instance."""
    begun = perf_counter()
    found = reach(city.network(), city.doors(), city.demand, LIMIT_M)
    instance = Instance.of_reach(found, city.people, city.places)
    seconds = perf_counter() - begun
    path = folder / f"{len(city.demand)}.npz"
    np.savez(
        path, nodes=city.nodes, a=city.a, b=city.b, length=city.length, demand=city.demand,
        shelter=city.shelter, limit=LIMIT_M, few=FEW, some=SOME,
        people=instance.people, places=instance.places, first=instance.first,
        to=instance.shelter, cost=instance.cost, ceiling=instance.ceiling(),
        bonus=int(instance.cost.max()) * 1000,
    )  # fmt: skip
    return path, {"arcs": instance.arcs, "prepare": seconds}


def compare(path: Path, kinds: tuple[str, ...], say: bool) -> Row:
    rows = {}
    for kind in kinds:
        rows[kind] = run(f"{PARTS}.round", kind, str(path))
        if say:
            print(f"  {kind:<15} {rows[kind]['cpu']:8.2f} s CPU {rows[kind]['wall']:8.2f} s "
                  f"{rows[kind]['mb']:6d} MB", flush=True)  # fmt: skip
    return rows


def equal(rows: Row, ours: str, others: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    return all(
        abs(rows[ours][key] - rows[other][key]) <= 1e-9 * abs(rows[ours][key])
        for other in others
        for key in keys
    )


def searches(path: Path, say: bool) -> Row:
    pairs = {"scipy": "search_some", "igraph": "search_few"}
    kinds = ("search_some", "search_scipy", "search_few", "search_igraph", "search")
    rows = compare(path, kinds, say)
    ratio = {peer: rows[f"search_{peer}"]["cpu"] / rows[us]["cpu"] for peer, us in pairs.items()}
    same = all(equal(rows, us, (f"search_{peer}",), ("pairs", "sum")) for peer, us in pairs.items())
    return {"rows": rows, "ratio": ratio, "equal": same}


def assignments(path: Path, say: bool, highs: bool) -> Row:
    peers = ("assign_ortools", *(("assign_highs",) if highs else ()))
    rows = compare(path, ("assign", *peers), say)
    ratio = {peer[7:]: rows[peer]["cpu"] / rows["assign"]["cpu"] for peer in peers}
    same = equal(rows, "assign", peers, ("covered", "walked"))
    return {"rows": rows, "ratio": ratio, "equal": same and rows["assign"]["proved"]}


def summary(sizes: Row, search: Row, assign: Row, whole: Row, loss: Row, clear: Row) -> Row:
    checks = {
        "search": search["equal"] and min(search["ratio"].values()) >= AIMS["search"],
        "assign": assign["equal"] and min(assign["ratio"].values()) >= AIMS["assign"],
        "end_to_end": whole["seconds"] <= AIMS["end_to_end"] and whole["mb"] <= AIMS["mb"],
        "repair": loss["repair"]["wall"] <= AIMS["repair"],
        "stable": loss["stable"]["wall"] <= AIMS["stable"]
        and loss["covers_most"]
        and loss["proved"],
        "moved": loss["moved_ratio"] <= AIMS["moved"],
        "walk": loss["walk_ratio"] <= AIMS["walk"] and loss["stable_left"] <= loss["fresh_left"],
        "clearance": clear["wall"] <= AIMS["clearance"],
    }
    ours, peer = assign["rows"]["assign"], assign["rows"]["assign_ortools"]
    return {
        "name": "sheltering", **sizes, "seconds": round(ours["cpu"], 3), "peer": "ortools",
        "peer_seconds": round(peer["cpu"], 3), "ratio": round(assign["ratio"]["ortools"], 2),
        "aim": AIMS["assign"], "met": all(checks.values()), "aims_met": checks,
        "scipy": version("scipy"),
        "search_ratio": rounded(search["ratio"]), "assign_ratio": rounded(assign["ratio"]),
        "end_to_end": rounded(whole), "loss": loss, "clearance": rounded(clear),
    }  # fmt: skip


def rounded(row: Row) -> Row:
    return {
        key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()
    }


def whole(path: Path, prepared: Row) -> Row:
    """Streets to proved plan: search, instance, assignment."""
    row = run(f"{PARTS}.round", "assign", str(path))
    seconds = prepared["prepare"] + row["wall"]
    return {"seconds": seconds, "cpu_assign": row["cpu"], "mb": row["mb"], **prepared}


def print_loss(loss: Row) -> None:
    print(
        f"loss: {loss['displaced']} displaced, repair {loss['repair']['wall']:.3f} s, stable plan "
        f"{loss['stable']['wall']:.2f} s, moved {loss['moved_ratio']:.2f} times the displaced"
    )
    for row in loss["curve"]:
        print(f"  penalty {row['penalty'] / 10:6.0f} m: {row['moved']:>8} moved, "
              f"{row['walked'] / 1e7:10.1f} thousand km walked", flush=True)  # fmt: skip


def growth(counts: tuple[int, ...], folder: Path) -> None:
    print("growth: demands, shelters, arcs, search CPU s, assignment CPU s")
    for count in counts:
        path, row = store(near_city(count), folder)
        ours = compare(path, ("search", "assign"), say=False)
        print(f"  {count:>8} {count // 20:>6} {row['arcs']:>9} {ours['search']['cpu']:8.2f} "
              f"{ours['assign']['cpu']:8.2f}", flush=True)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 demands, 500 shelters")
    parser.add_argument("--million", action="store_true", help="also 10⁶ demands (a stated figure)")
    parser.add_argument("--json", action="store_true", help="nothing but the closing line")
    asked = parser.parse_args()
    say = not asked.json
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demands, shelters, side = (10_000, 500, 316) if asked.quick else (100_000, 5_000, 1_000)
        path, first = store(make(side, demands, shelters), folder)
        # A search is compared on a city of a million crossings, whatever the size of the rest.
        wide = store(make(1_000, 100_000, 1_000), folder)[0] if asked.quick else path
        search = searches(wide, say)
        assign = assignments(path, say, highs=True)
        large, prepared = (
            (path, first) if asked.quick else store(make(1_000, 300_000, 5_000), folder)
        )
        end = whole(large, prepared)
        loss = run(f"{PARTS}.loss", str(large), *(() if asked.quick else ("--curve",)))
        if say:
            print_loss(loss)
        clear = run(f"{PARTS}.clear", str(100_000 if asked.quick else 1_000_000))
        if say and not asked.quick:
            growth((10_000, 30_000, 100_000), folder)
        if asked.million:
            million, row = store(make(1_500, 1_000_000, 5_000), folder)
            print("a million:", json.dumps(whole(million, row)), flush=True)
        sizes = {"n": demands, "shelters": shelters, "arcs": first["arcs"]}
        print(json.dumps(summary(sizes, search, assign, end, loss, clear), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
