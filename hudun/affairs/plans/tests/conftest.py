"""The four files of a small plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_shelter_plan import NODES, PEOPLE, SHELTERS, STREETS


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    given = {"streets": STREETS, "nodes": NODES, "people": PEOPLE, "shelters": SHELTERS}
    for name, text in given.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: str(tmp_path / f"{name}.csv") for name in given} | {"out": str(tmp_path / "out")}
