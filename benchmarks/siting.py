"""How good the chosen sites are, how well that is proved, and how it grows.

A generated city: demand points in clusters, candidates on a grid, 50 to choose within 600 m. The
value found, the proved bound and the gap are printed; with --instances also the published ones
(Manhattan, best known values of the literature; three p-median instances with known optima).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path
from typing import Any

import numpy as np

from hudun.affairs.coverage.check_siting import read_latlon, read_pmed
from hudun.engines.siting import Cover, cover, maximal, median

Row = dict[str, Any]
FULL, QUICK = 1_000_000, 20_000
CANDIDATES, NEW, RADIUS = 500, 50, 600.0
SIDE_M = 12_000.0
FULL_S, QUICK_S = 300.0, 12.0
BEST_KNOWN = {50: 1_153_640, 60: 1_288_174, 70: 1_396_333, 80: 1_481_434, 90: 1_539_992}
BEST_KNOWN[100] = 1_574_256
OPTIMA = {"pmed1": 5819, "pmed6": 7824, "pmed11": 7696}
AIM_SHORT = 0.005
AIM_MB = 8_192


def city(demand: int, seed: int = 3) -> Cover:
    """Nine tenths of the people in 60 quarters, the rest anywhere."""
    pick = np.random.default_rng(seed)
    middles = pick.uniform(0, SIDE_M, (60, 2))
    near = middles[pick.integers(0, 60, demand * 9 // 10)]
    people = np.concatenate(
        [near + pick.normal(0, 500, near.shape), pick.uniform(0, SIDE_M, (demand // 10, 2))]
    )
    sites = pick.uniform(0, SIDE_M, (CANDIDATES, 2))
    order = np.argsort(people[:, 0])
    people = people[order]
    sets = []
    for x, y in sites:
        low, high = np.searchsorted(people[:, 0], [x - RADIUS, x + RADIUS])
        part = people[low:high]
        inside = (part[:, 0] - x) ** 2 + (part[:, 1] - y) ** 2 <= RADIUS**2
        sets.append(low + np.flatnonzero(inside))
    return cover(sets, pick.integers(1, 6, len(people)).astype(float))


def generated(demand: int, seconds: float) -> Row:
    answer = maximal(city(demand), NEW, seconds)
    return {
        "round": f"{demand} demand points",
        "value": answer.value,
        "bound": round(answer.bound, 1),
        "gap": round(answer.gap, 6),
        "seconds": round(answer.seconds, 1),
        "peak_MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def manhattan(path: Path, seconds: float) -> list[Row]:
    given = read_latlon(path.read_text())
    reach = cover([np.flatnonzero(row <= 400.0) for row in given.distance], given.weight)
    rows = []
    for count, best in BEST_KNOWN.items():
        answer = maximal(reach, count, seconds)
        rows.append(
            {
                "round": f"Manhattan {count}",
                "value": answer.value,
                "bound": round(answer.bound, 1),
                "gap": round(answer.gap, 6),
                "seconds": round(answer.seconds, 1),
                "short": round(1.0 - answer.value / best, 6),
            }
        )
    return rows


def medians(folder: Path, seconds: float) -> list[Row]:
    rows = []
    for name, best in OPTIMA.items():
        given = read_pmed((folder / f"{name}.txt").read_text())
        answer = median(given.distance, given.weight, given.sites or 0, seconds)
        rows.append(
            {
                "round": name,
                "value": answer.value,
                "bound": answer.bound,
                "gap": round(answer.gap, 6),
                "seconds": round(answer.seconds, 1),
                "short": answer.value / best - 1.0,
            }
        )
    return rows


def summary(rows: list[Row], grown: dict[str, float]) -> Row:
    main = next(row for row in rows if "peak_MB" in row)
    shorts = [row["short"] for row in rows if "short" in row]
    return {
        "name": "siting",
        "n": main["round"],
        "seconds": main["seconds"],
        "peer": "proved bound",
        "peer_seconds": None,
        "ratio": round(1.0 + main["gap"], 6),
        "aim": 1.0 + AIM_SHORT,
        "met": main["peak_MB"] <= AIM_MB and all(short <= AIM_SHORT for short in shorts),
        "peak_MB": main["peak_MB"],
        "growth_seconds": grown,
        "rounds": rows,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 demand points")
    parser.add_argument("--instances", type=Path, help="folder of newyork.txt, pmed1.txt, …")
    parser.add_argument("--json", action="store_true", help="nothing but the closing line")
    asked = parser.parse_args()
    demand, seconds = (QUICK, QUICK_S) if asked.quick else (FULL, FULL_S)
    rows = [generated(demand, seconds)]
    if asked.instances:
        rows += medians(asked.instances, 15.0)
        rows += [] if asked.quick else manhattan(asked.instances / "newyork.txt", 60.0)
    grown = {} if asked.quick else {str(n): generated(n, 60.0)["gap"] for n in (10_000, 100_000)}
    if not asked.json:
        for row in rows:
            print("  ".join(f"{key} {value}" for key, value in row.items()), flush=True)
    print(json.dumps(summary(rows, grown)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
