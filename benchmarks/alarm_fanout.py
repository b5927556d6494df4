"""How long an order takes to reach every siren, and a stop to silence them.

From publishing a released order on the topic of all to the last `accepted` receipt that is verified
and committed; every simulated terminal has its own MQTT session and key, over mosquitto on
loopback, and `hudun dispatch` runs as a process on PostgreSQL that syncs every commit. Beside it
the *signed exchange*: the same sessions and frames, signed and verified with the same library,
nothing stored, no machine behind them. docs/benchmarks.md says more.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tools.pg_cluster import cluster

FULL, QUICK, TLS_AT = 10_000, 1_000, 1_000
AIM_S, AIM_RATIO = 6.0, 1.6
AIM_STOP_S = {1_000: 1.0, 10_000: 3.0}
SLACK = 1.15  # of the growth: two figures of one machine differ by this much from run to run
TIMES = 3  # how often an order is timed; the middle one counts

Row = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """One round: what is measured, and on what."""

    name: str
    terminals: int
    words: tuple[str, ...] = ()
    database: str = "PostgreSQL"


def rounds(terminals: int, quick: bool) -> list[Wanted]:
    measured = ("--stop", "--exchange")
    if quick:
        return [Wanted("main", terminals, ("--orders", "2", *measured))]
    growing = sorted({count for count in (1_000, 3_000) if count < terminals})
    times = ("--orders", str(TIMES))
    return [
        *(Wanted("growth", count, (*times, *measured)) for count in growing),
        Wanted("main", terminals, (*times, *measured)),
        Wanted("SQLite", terminals, times, "SQLite"),
        Wanted("TLS", TLS_AT, (*times, "--tls")),
    ]


def measure(wanted: Wanted) -> Row:
    """In an empty database and folder; what a round says besides its result is shown."""
    words = [sys.executable, "-m", "benchmarks.alarm.round", str(wanted.terminals), *wanted.words]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if wanted.database == "SQLite":
        return _run(wanted, words, environment)
    with cluster(durable=True) as made:
        return _run(wanted, words, environment | {"DATABASE_URL": made.url})


def _run(wanted: Wanted, words: Sequence[str], environment: dict[str, str]) -> Row:
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    row: Row = json.loads(done.stdout.splitlines()[-1])
    row["seconds"] = median(row["seconds"])
    for name in ("signed", "unsigned"):
        if name in row:
            row[name] = median(row[name])
    return {"round": wanted.name, "database": wanted.database, **row}


def line(row: Row) -> str:
    kind = f"{row['database']}{'，TLS' if row['round'] == 'TLS' else ''}"
    said = f"{row['n']:>6} 台 {kind:<12} {row['seconds']:6.2f} s {row['n'] / row['seconds']:7.0f}/s"
    if "signed" in row:
        ratio = row["seconds"] / row["signed"]
        said += f"  签名往返 {row['signed']:.2f} s（比 {ratio:.2f}），不签 {row['unsigned']:.2f} s"
    if "stop" in row:
        said += f"  停止 {row['stop']:.2f} s"
    return said


def summary(rows: list[Row]) -> Row:
    main = next(row for row in rows if row["round"] == "main")
    grown = [row for row in rows if row["round"] in ("growth", "main")]
    ratio = main["seconds"] / main["signed"]
    stops = {row["n"]: row["stop"] for row in grown}
    checks = {
        "seconds": main["seconds"] <= AIM_S,
        "ratio": ratio <= AIM_RATIO,
        "growth": _linear(grown),
        "stop": all(stops[n] <= aim for n, aim in AIM_STOP_S.items() if n in stops),
    }
    return {
        "name": "alarm_fanout",
        "n": main["n"],
        "seconds": round(main["seconds"], 3),
        "peer": "signed exchange",
        "peer_seconds": round(main["signed"], 3),
        "ratio": round(ratio, 3),
        "aim": AIM_RATIO,
        "met": all(checks.values()),
        "aims_met": checks,
        "receipts_per_second": round(main["n"] / main["seconds"]),
        "unsigned_seconds": round(main["unsigned"], 3),
        "stop_seconds": {str(n): round(seconds, 3) for n, seconds in stops.items()},
        "growth": {str(row["n"]): round(row["seconds"], 3) for row in grown},
        "sqlite_seconds": _only(rows, "SQLite"),
        "tls_seconds": _only(rows, "TLS"),
    }


def _linear(rows: list[Row]) -> bool:
    """No terminal costs more in a larger fleet than in the smallest."""
    first = rows[0]["seconds"] / rows[0]["n"]
    return all(row["seconds"] / row["n"] <= SLACK * first for row in rows)


def _only(rows: list[Row], name: str) -> float | None:
    return next((round(row["seconds"], 3) for row in rows if row["round"] == name), None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 terminals, PostgreSQL only")
    parser.add_argument("--terminals", type=int, metavar="N")
    parser.add_argument("--json", action="store_true", help="nothing but the closing line")
    asked = parser.parse_args()
    terminals = asked.terminals or (QUICK if asked.quick else FULL)
    rows = []
    for wanted in rounds(terminals, asked.quick):
        rows.append(measure(wanted))
        if not asked.json:
            print(line(rows[-1]), flush=True)
    print(json.dumps(summary(rows), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
