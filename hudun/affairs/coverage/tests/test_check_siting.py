"""`hudun check siting`: two small instances in the published forms."""

import json
from pathlib import Path

import pytest

from hudun.affairs.coverage.check_siting import main

SQUARE = """NAME : four
NODE_COORD_SECTION
28.0000 113.0000
28.0010 113.0000
28.0500 113.0000
28.0510 113.0000
DEMAND_SECTION
5
7
11
2
EOF
"""
RING = "4 4 2\n1 2 3\n2 3 4\n3 4 3\n4 1 9\n"


def last(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    said: dict[str, float] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return said


def test_cover(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "four.txt"
    path.write_text(SQUARE)
    words = ["--format", "mclp-latlon", "--objective", "cover", "--new", "1"]
    assert main([str(path), *words, "--radius", "400", "--seconds", "1"]) == 0
    said = last(capsys)
    assert (said["value"], said["gap"]) == (13.0, 0.0)


@pytest.mark.parametrize(("objective", "value"), [("median", 6.0), ("center", 3.0)])
def test_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], objective: str, value: float
) -> None:
    path = tmp_path / "ring.txt"
    path.write_text(RING)
    words = ["--format", "orlib-pmed", "--objective", objective, "--seconds", "2"]
    assert main([str(path), *words]) == 0
    assert last(capsys)["value"] == value


def test_a_bad_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.txt"
    path.write_text("nothing here")
    assert main([str(path), "--format", "mclp-latlon", "--objective", "cover", "--new", "1"]) == 2
    assert "bad.txt" in capsys.readouterr().err
