"""Source–receiver pairs per second and core of the acoustic kernel.

Eight octave bands, general ground method, ISO 9613-2:1996. A generated city of 3 × 3 km with 5,625
buildings, flat and with terrain, and Suzhou's old town (3,076 real buildings, if given).
Timed by the processor time of one thread. Beside the speed: the mean number of edges on the way
over the top, the peak memory, growth with receivers, buildings and cores, a plain way to do the
same (benchmarks/acoustics_parts/peer.py, equal answers checked), and whether looking round the
sides only near the threshold is admissible: against looking everywhere. docs/benchmarks.md says
more.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from hudun.engines.acoustics import (
    FLAT,
    Method,
    Receivers,
    Scene,
    Siren,
    room,
    source,
    total_levels,
)
from hudun.engines.acoustics.kernel import totals
from hudun.engines.acoustics.raster import Grid, level_raster

from .acoustics_parts.peer import Town
from .acoustics_parts.scenes import FACTOR, SIDE, SPACING, city, hills, places, suzhou

Row = dict[str, Any]
FULL, QUICK = 400_000, 40_000
AIMS = {"flat": 400_000, "terrain": 200_000, "lateral": 50_000}
THRESHOLD_DB, WINDOW_DB = 65.0, 10.0
OFF_DB, CHANGED = 0.5, 1e-3
SAME_DB = 0.001
OVER_TOP = Method(lateral=False)
SHINING = Method(lateral=False, reflections=True)
NEAR = Method(near=(THRESHOLD_DB, WINDOW_DB))


def peer(built: Scene, siren: Siren, at: Receivers) -> Row:
    """The same receivers by benchmarks/acoustics_parts/peer.py."""
    emitted = source(siren, built)
    plain = Town(built.obstacles.walls, FACTOR)
    plain.levels(emitted, at[:20], OVER_TOP.celsius, OVER_TOP.humidity)
    began = time.thread_time()
    levels = plain.levels(emitted, at, OVER_TOP.celsius, OVER_TOP.humidity)
    seconds = time.thread_time() - began
    off = float(np.abs(levels - total_levels(emitted, at, built, OVER_TOP)).max())
    return {
        "round": "peer: shapely, NumPy",
        "pairs": len(at),
        "seconds": seconds,
        "per_second": round(len(at) / seconds),
        "edges": None,
        "worst_dB": off,
    }


def speed(name: str, built: Scene, siren: Siren, at: Receivers, method: Method) -> Row:
    emitted = source(siren, built)
    total_levels(emitted, at[:100], built, method)
    began = time.thread_time()
    total_levels(emitted, at, built, method)
    seconds = time.thread_time() - began
    rules, out = OVER_TOP.rules(), np.empty(len(at))
    met = totals(emitted, at.points, at.heights, at.factors, built, rules, room(), out)
    return {
        "round": name,
        "pairs": len(at),
        "seconds": seconds,
        "per_second": round(len(at) / seconds),
        "edges": round(met / len(at), 2),
    }


def admissible(built: Scene, siren: Siren, at: Receivers) -> Row:
    """Only near the threshold, against everywhere."""
    emitted = source(siren, built)
    everywhere = total_levels(emitted, at, built, Method())
    chosen = total_levels(emitted, at, built, NEAR)
    close = np.abs(everywhere - THRESHOLD_DB) <= WINDOW_DB
    off = float(np.abs(everywhere - chosen)[close].max(initial=0.0))
    changed = float(((everywhere >= THRESHOLD_DB) != (chosen >= THRESHOLD_DB)).mean())
    return {
        "receivers": len(at),
        "near": int(close.sum()),
        "worst_dB": round(off, 4),
        "changed": changed,
        "ok": off <= OFF_DB and changed <= CHANGED,
    }


def growth(count: int) -> Row:
    """Seconds of one thread by buildings and by receivers; wall clock by cores."""
    by_buildings = {}
    for side in (19, 38, SIDE):
        built = city(FLAT, side)
        siren, at = places(built, count, built.obstacles.corners)
        by_buildings[str(side * side)] = speed("", built, siren, at, OVER_TOP)["per_second"]
    siren, at = places(built, 4 * count, built.obstacles.corners)
    by_receivers = {
        str(len(part)): speed("", built, siren, part, OVER_TOP)["per_second"]
        for part in (at[:count], at)
    }
    return {"buildings": by_buildings, "receivers": by_receivers, "cores": by_cores(built, count)}


def by_cores(built: Scene, count: int) -> Row:
    side = int(np.sqrt(4 * count))
    grid = Grid(0.0, 0.0, SIDE * SPACING / side, side, side)
    found = {}
    for cores in sorted({1, os.cpu_count() or 1}):
        began = time.perf_counter()
        with ThreadPoolExecutor(cores) as pool:
            level_raster(Siren(1500, 1500, 30, 110), grid, built, OVER_TOP, pool)
        found[str(cores)] = round(grid.size / (time.perf_counter() - began))
    return found


def measure(count: int, path: Path | None) -> tuple[list[Row], dict[str, Row]]:
    rows, checks = [], {}
    for name, terrain in (("flat", FLAT), ("terrain", hills())):
        built = city(terrain)
        siren, at = places(built, count, built.obstacles.corners)
        rows.append(speed(name, built, siren, at, OVER_TOP))
        rows.append(speed(f"{name}, lateral", built, siren, at[: count // 4], NEAR))
        checks[name] = admissible(built, siren, at[: count // 8])
        if name == "flat":
            rows.append(speed("flat, reflections", built, siren, at[: count // 40], SHINING))
            rows.append(peer(built, siren, at[: count // 40]))
    if path:
        built, corners = suzhou(path)
        siren, at = places(built, count, corners)
        rows.append(speed("Suzhou", built, siren, at, OVER_TOP))
        rows.append(speed("Suzhou, lateral", built, siren, at[: count // 4], NEAR))
        checks["Suzhou"] = admissible(built, siren, at[: count // 8])
    return rows, checks


def line(row: Row) -> str:
    edges = "" if row["edges"] is None else f"  edges {row['edges']}"
    return f"{row['round']:<22}{row['per_second']:>10,} pairs/s/core{edges}"


def summary(rows: list[Row], checks: dict[str, Row], grown: Row) -> Row:
    found = {row["round"]: row for row in rows}
    reached = {
        "flat": found["flat"]["per_second"],
        "terrain": found["terrain"]["per_second"],
        "lateral": found["flat, lateral"]["per_second"],
    }
    met = {name: reached[name] >= aim for name, aim in AIMS.items()}
    plain = found.pop("peer: shapely, NumPy")
    per_pair = plain["seconds"] / plain["pairs"]
    met["same answers as the peer"] = plain["worst_dB"] <= SAME_DB
    met["criterion"] = all(check["ok"] for check in checks.values())
    return {
        "name": "acoustics",
        "n": found["flat"]["pairs"],
        "seconds": round(found["flat"]["seconds"], 3),
        "peer": "shapely and NumPy, receiver by receiver",
        "peer_seconds": round(per_pair * found["flat"]["pairs"], 3),
        "ratio": round(found["flat"]["per_second"] / plain["per_second"], 1),
        "aim": AIMS,
        "met": all(met.values()),
        "aims_met": met,
        "pairs_per_second": {name: row["per_second"] for name, row in found.items()},
        "edges": {name: row["edges"] for name, row in found.items()},
        "criterion": checks,
        "growth": grown,
        "peak_MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="40,000 receivers")
    parser.add_argument("--buildings", type=Path, help="a real town, such as Suzhou's old town")
    parser.add_argument("--json", action="store_true", help="nothing but the closing line")
    asked = parser.parse_args()
    count = QUICK if asked.quick else FULL
    rows, checks = measure(count, asked.buildings)
    if not asked.json:
        print("\n".join(map(line, rows)), flush=True)
    print(json.dumps(summary(rows, checks, growth(count // 4))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
