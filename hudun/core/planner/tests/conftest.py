"""A kind of run for the tests: adds two numbers, in steps that a test may interrupt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hudun.core.planner import Desk, Run, planned
from hudun.core.planner.kinds import kinds


@dataclass
class Adding:
    between: Callable[[Desk], object] = lambda _desk: None
    kept: list[dict[str, Any]] = field(default_factory=list)

    def compute(self, ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
        desk.progress(0.5, "加到一半")
        self.between(desk)
        desk.progress(0.9)
        (desk.folder / "sum.csv").write_text("和\n3\n")
        return {"sum": desk.executor.submit(sum, ask["numbers"]).result()}

    def keep(self, run: Run, answer: dict[str, Any]) -> None:
        self.kept.append(answer)


@pytest.fixture
def adding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Adding]:
    monkeypatch.setattr("django.conf.settings.RUNS_DIR", tmp_path / "runs")
    here = Adding()
    planned("test.add", says="加数", keep=here.keep)(here.compute)
    planned("test.glance", says="看一眼", quick=True)(here.compute)
    yield here
    del kinds["test.add"], kinds["test.glance"]
