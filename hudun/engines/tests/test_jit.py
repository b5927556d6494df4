"""Compiled code kept on disk is never older than any source it may hold."""

import os
from pathlib import Path

from hudun.engines.jit import forget_stale


def kept(folder: Path, name: str, when: float) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    os.utime(path, (when, when))
    return path


def test_compiled_code_older_than_any_source_is_forgotten(tmp_path: Path) -> None:
    old = kept(tmp_path, "a/__pycache__/kernel.totals-1.py311.nbi", 100.0)
    new = kept(tmp_path, "b/__pycache__/heap.push-1.py311.nbi", 300.0)
    kept(tmp_path, "a/kernel.py", 50.0)
    kept(tmp_path, "a/sides.py", 200.0)
    kept(tmp_path, "a/tests/test_sides.py", 900.0)
    forget_stale(tmp_path)
    assert not old.exists()
    assert new.exists()


def test_nothing_there_is_no_error(tmp_path: Path) -> None:
    forget_stale(tmp_path)
