"""How quickly the register answers with 100,000 shelters in it: list, filters, map, Excel.

The whole request inside one process, from the address to the last byte: middleware, session,
rights, queries, template. Beside it the *bare page*: the same rows by Django's own paginator and
a template with nothing around it. And a clerk's sheet of 5,769 real shelters through the action
and the journal. docs/benchmarks.md says more.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from statistics import median
from typing import Any

from benchmarks.ledger.names import LISTS
from tools.pg_cluster import cluster

FULL, QUICK = 100_000, 10_000
AIM_S, AIM_IMPORT_S = 0.150, 30.0
REAL = 5_769

Row = dict[str, Any]


def measure(database: str, words: list[str]) -> Row:
    """In an empty database and folder."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database == "SQLite":
        return _run(database, words, environment)
    with cluster(durable=True) as made:
        return _run(database, words, environment | {"DATABASE_URL": made.url})


def _run(database: str, words: list[str], environment: dict[str, str]) -> Row:
    command = [sys.executable, "-m", "benchmarks.ledger.round", *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return {"database": database, **row}


def p95(seconds: list[float]) -> float:
    return seconds[min(len(seconds) - 1, round(0.95 * (len(seconds) - 1)))]


def lines(row: Row) -> list[str]:
    said = [f"{row['database']}，{row['n']:,} 处（毫秒：中位 / p95；查询数）"]
    for name, seconds in row["seconds"].items():
        said.append(
            f"  {name:<16}{1000 * median(seconds):7.0f} /{1000 * p95(seconds):6.0f}"
            f"  {row['queries'][name]:3}"
        )
    taken = row["imported"]
    said.append(f"  {'bare page':<16}{1000 * median(row['peer']):7.0f}")
    said.append(
        f"  导出 Excel {row['export']:.1f} s；导入 {taken['rows']:,} 行 {taken['seconds']:.1f} s"
    )
    return said


def worst(rows: list[Row]) -> float:
    """The slowest p95 of all lists and filters on all databases."""
    return max(p95(row["seconds"][name]) for row in rows for name in LISTS)


def import_seconds(row: Row) -> float:
    """For all the real rows, also where only some were timed."""
    return float(row["imported"]["seconds"]) * REAL / float(row["imported"]["rows"])


def summary(rows: list[Row]) -> Row:
    first = rows[0]
    seconds, peer = median(first["seconds"]["list"]), median(first["peer"])
    taken = max(import_seconds(row) for row in rows)
    checks = {
        "list_and_filter_p95": worst(rows) <= AIM_S,
        "constant_queries": not any(row["more_queries"] for row in rows),
        "import": taken <= AIM_IMPORT_S,
    }
    return {
        "name": "ledger_list",
        "n": first["n"],
        "seconds": round(seconds, 4),
        "peer": "bare page",
        "peer_seconds": round(peer, 4),
        "ratio": round(seconds / peer, 2),
        "aim": AIM_S,
        "met": all(checks.values()),
        "aims_met": checks,
        "worst_p95": round(worst(rows), 4),
        "import_seconds": {row["database"]: round(import_seconds(row), 1) for row in rows},
        "export_seconds": {row["database"]: round(row["export"], 1) for row in rows},
        "more_queries": {row["database"]: row["more_queries"] for row in rows},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 shelters, SQLite only")
    parser.add_argument("--rows", type=int, metavar="N")
    parser.add_argument("--json", action="store_true", help="nothing but the closing line")
    asked = parser.parse_args()
    words = [str(asked.rows or (QUICK if asked.quick else FULL))]
    words += ["--times", "8", "--imported", "800"] if asked.quick else []
    rows = []
    for database in ("SQLite",) if asked.quick else ("SQLite", "PostgreSQL"):
        rows.append(measure(database, words))
        if not asked.json:
            print("\n".join(lines(rows[-1])), flush=True)
    print(json.dumps(summary(rows), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
