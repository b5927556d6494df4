"""`hudun check siting FILE …`: solves a published instance; the last line is JSON of value, bound,
gap and seconds. Exits 0 when solved, 2 on a bad file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from hudun.engines.acoustics.bands import Floats
from hudun.engines.siting import Answer, center, cover, maximal, median

EARTH_M = 6_378_100.0
SOLVED, BAD = 0, 2


class Instance(NamedTuple):
    """distance (n, n), weight (n); sites: the number that the file itself asks for."""

    distance: Floats
    weight: Floats
    sites: int | None


def main(argv: list[str]) -> int:
    asked = arguments(argv)
    try:
        given = FORMATS[asked.format](asked.file.read_text())
        answer = solve(given, asked)
    except (OSError, ValueError, IndexError) as wrong:
        print(f"无法求解 {asked.file}：{wrong}", file=sys.stderr)
        return BAD
    if not asked.json:
        print(f"点 {len(given.weight)}，需求 {given.weight.sum():.0f}，目标 {asked.objective}")
        print("选中（从 0 数）：", " ".join(map(str, answer.sites)))
    print(json.dumps(closing(answer, asked.objective)))
    return SOLVED


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hudun check siting", description="求解选址算例")
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--objective", choices=("cover", "median", "center"), required=True)
    parser.add_argument("--new", type=int, metavar="N", help="新设点数；缺省用文件里的数")
    parser.add_argument("--radius", type=float, metavar="M", help="覆盖半径，米")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="S")
    parser.add_argument("--json", action="store_true", help="只写最后一行")
    return parser.parse_args(argv)


def solve(given: Instance, asked: argparse.Namespace) -> Answer:
    count = asked.new or given.sites
    if count is None:
        raise ValueError("没有说要几个新点：--new")
    if asked.objective == "median":
        return median(given.distance, given.weight, count, asked.seconds)
    if asked.objective == "center":
        return center(given.distance, count, asked.seconds)
    if asked.radius is None:
        raise ValueError("没有说覆盖半径：--radius")
    sets = [np.flatnonzero(row <= asked.radius) for row in given.distance]
    return maximal(cover(sets, given.weight), count, asked.seconds)


def closing(answer: Answer, objective: str) -> dict[str, object]:
    return {
        "objective": objective,
        "value": answer.value,
        "bound": answer.bound,
        "gap": round(answer.gap, 8),
        "seconds": round(answer.seconds, 2),
        "sites": answer.sites.tolist(),
    }


def read_latlon(text: str) -> Instance:
    """Points "lat lon" and demands after the lines NODE_COORD_SECTION and DEMAND_SECTION."""
    lines = [line.strip() for line in text.splitlines()]
    begin, middle = lines.index("NODE_COORD_SECTION"), lines.index("DEMAND_SECTION")
    points = np.array([line.split() for line in lines[begin + 1 : middle] if line], np.float32)
    rest = [line for line in lines[middle + 1 :] if line and line != "EOF"]
    weight = np.array([line.split()[-1] for line in rest], float)
    if len(weight) != len(points):
        raise ValueError(f"{len(points)} points but {len(weight)} demands")
    return Instance(spherical(points), weight, None)


def spherical(points: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> Floats:
    """Great-circle distances in metres, in single precision as the published results have them."""
    latitude, longitude = np.radians(points[:, 0]), np.radians(points[:, 1])
    up = np.sin((latitude[:, None] - latitude) / np.float32(2))
    across = np.sin((longitude[:, None] - longitude) / np.float32(2))
    half = up * up + np.cos(latitude[:, None]) * np.cos(latitude) * across * across
    angle = np.float32(2) * np.arcsin(np.sqrt(np.minimum(half, np.float32(1))))
    return np.asarray(np.float32(EARTH_M) * angle, float)


def read_pmed(text: str) -> Instance:
    """OR-Library: "n edges p", then edges "i j cost"; of an edge given twice the last counts."""
    numbers = np.array(text.split(), float)
    nodes, edges, count = (int(value) for value in numbers[:3])
    rows = numbers[3 : 3 + 3 * edges].reshape(-1, 3)
    found = {tuple(sorted((int(i) - 1, int(j) - 1))): cost for i, j, cost in rows}
    ends = np.array(list(found))
    graph = coo_array((list(found.values()), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    distance = dijkstra(graph.tocsr(), directed=False)
    if not np.isfinite(distance).all():
        raise ValueError("the network is not connected")
    return Instance(distance, np.ones(nodes), count)


FORMATS = {"mclp-latlon": read_latlon, "orlib-pmed": read_pmed}
