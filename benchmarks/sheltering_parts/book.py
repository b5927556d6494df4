"""The plan book of real data, files in and papers out.

    python -m benchmarks.sheltering_parts.book porto_alegre DATA OUT
    python -m benchmarks.sheltering_parts.book toa_payoh DATA OUT

DATA holds the files of github ipeaGIT/r5r (Porto Alegre: osm.pbf, elevation.tif,
population_hexgrid.csv) or dkondor/bikesharing_data (Toa Payoh: paths_edges.dat, buildings.csv,
building_nodes.csv). Communities are squares of a grid, shelters are placed by the siting engine:
neither is real, and every paper says so. Ends with one line of JSON.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from hudun.affairs.plans.shelter_plan import command

FRAIL = 0.2
KEPT = ("id", "lon", "lat", "population")
M_PER_DEGREE = 111_320.0
PEOPLE_EACH = 150
"""In each building of Toa Payoh, an assumption."""


def porto_alegre(data: Path, out: Path) -> list[str]:
    with (data / "population_hexgrid.csv").open() as lines:
        given = list(csv.DictReader(lines))
    square = _squares([(float(row["lon"]), float(row["lat"])) for row in given], 1_500.0, 0.866)
    rows = (
        [*(row[name] for name in KEPT), square(row["lon"], row["lat"]), FRAIL] for row in given
    )  # fmt: skip
    head = ["id", "lon", "lat", "people", "community", "vulnerable_share"]
    people = _table(out / "people.csv", head, rows)
    note = "阿雷格里港数据；工程由选址引擎拟设，社区为 1.5 公里方格：只作演示。"
    return [
        "--streets", str(data / "osm.pbf"), "--dem", str(data / "elevation.tif"),
        "--people", str(people), "--place", "420", "--siting", "60", "--size", "4000",
        "--limit", "1000", "--note", note,
    ]  # fmt: skip


def toa_payoh(data: Path, out: Path) -> list[str]:
    with (data / "building_nodes.csv").open() as lines:
        at = {row["InputID"]: (row["TargetID"], row["Distance"]) for row in csv.DictReader(lines)}
    with (data / "buildings.csv").open() as lines:
        given = [row for row in csv.DictReader(lines) if row["osmid"] in at]
    square = _squares([(float(row["X"]), float(row["Y"])) for row in given], 500.0, 1.0)
    rows = (
        [row["osmid"], *at[row["osmid"]], PEOPLE_EACH, square(row["X"], row["Y"]), FRAIL]
        for row in given
    )
    head = ["id", "node", "access", "people", "community", "vulnerable_share"]
    people = _table(out / "people.csv", head, rows)
    note = (
        "大巴窑路网（无节点坐标）；每栋 150 人、工程由选址引擎拟设，社区为 500 米方格：只作演示。"
    )
    return [
        "--streets", str(data / "paths_edges.dat"), "--people", str(people), "--place", "60",
        "--siting", "20", "--size", "2500", "--limit", "600", "--note", note,
    ]  # fmt: skip


CITIES: dict[str, Callable[[Path, Path], list[str]]] = {
    "porto_alegre": porto_alegre,
    "toa_payoh": toa_payoh,
}


def _squares(
    places: list[tuple[float, float]], side_m: float, squeeze: float
) -> Callable[[str, str], str]:
    west, south = (min(axis) for axis in zip(*places, strict=True))
    step_x, step_y = side_m / M_PER_DEGREE / squeeze, side_m / M_PER_DEGREE

    def name(lon: str, lat: str) -> str:
        column, row = (float(lon) - west) // step_x + 1, (float(lat) - south) // step_y + 1
        return f"第{row:.0f}行第{column:.0f}列"

    return name


def _table(path: Path, head: list[str], rows: Iterator[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(head)
        table.writerows(rows)
    return path


def main(argv: list[str]) -> int:
    city, data, out = argv[0], Path(argv[1]), Path(argv[2])
    out.mkdir(parents=True, exist_ok=True)
    words = CITIES[city](data, out)
    begun = perf_counter()
    title = ["--office", "演示", "--title", "人员掩蔽保障计划（演示）", "--edition", "第 1 版"]
    code = command.main(
        [*words, *title, "--out", str(out / "plan"), "--book", str(out / "book")]
    )  # fmt: skip
    if code:
        return code
    book = json.loads((out / "book" / "book.json").read_text(encoding="utf-8"))
    names = ("people", "covered", "left", "places", "shelters", "mean_m", "last_inside_min")
    told = {
        "name": f"book {city}",
        **{name: book["totals"][name] for name in names},
        "communities": len(book["communities"]),
        "level": book["level"],
        "seconds": round(perf_counter() - begun, 1),
        "peak_MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
