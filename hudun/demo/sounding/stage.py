"""Sets the stage for a sounding in an empty folder, performs it, and says what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command

from hudun.affairs.soundings.models import Plan
from hudun.core.journal.verify import verify
from hudun.demo.clockwork import Clockwork
from hudun.demo.crew import Crew
from hudun.demo.net import Net
from hudun.demo.seed import Demo, seed
from hudun.demo.sounding.faults import few_faults
from hudun.demo.sounding.outcome import Outcome, outcome
from hudun.demo.sounding.people import Staff
from hudun.demo.sounding.report import papers, rates
from hudun.demo.sounding.run import PLANNED_AT, Sounding
from hudun.terminal.fleet.faults import Fault

Say = Callable[[str], None]


def perform(
    directory: Path, sirens: int, number: int, faults: Sequence[Fault] | None, say: Say
) -> dict[str, Any]:
    clockwork = Clockwork(directory / "clock.json")
    clockwork.begin(PLANNED_AT.timestamp())
    call_command("migrate", verbosity=0)
    demo = seed(sirens, number)
    chosen = few_faults(sirens, number) if faults is None else list(faults)
    say(f"天心区，{sirens} 台警报器（位置为虚构，终端为模拟），数据在 {directory}")
    with _crew(directory, demo, chosen) as crew:
        sounding = Sounding(demo, chosen, crew, clockwork, say)
        plan, orders = sounding.run()
    came = outcome(plan, orders, chosen, awake_s=sounding.awake_s, patience_s=sounding.patience_s)
    return _result(demo, directory, number, chosen, plan, came)


def _result(
    demo: Demo,
    directory: Path,
    number: int,
    faults: list[Fault],
    plan: Plan,
    came: Outcome,
) -> dict[str, Any]:
    written = papers(Staff(demo.keys), plan, directory)
    broken = [f"日志链：{fault}" for fault in verify()]
    return {
        "seed": number,
        "faults": [fault.to_json() for fault in faults],
        "sirens": came.sirens,
        "alerts": came.alerts,
        "rates": rates(plan),
        "papers": written,
        "wrong": came.wrong + broken,
        "agrees": came.agrees and not broken,
    }


@contextmanager
def _crew(directory: Path, demo: Demo, faults: list[Fault]) -> Iterator[Crew]:
    (directory / "faults.json").write_text(
        json.dumps({"faults": [fault.to_json() for fault in faults]}, ensure_ascii=False)
    )
    net = Net.prepare(demo)
    crew = Crew(directory / "log", net.environment)
    try:
        net.start(crew, faults=directory / "faults.json")
        crew.start("worker", "worker")
        yield crew
    finally:
        crew.stop()
