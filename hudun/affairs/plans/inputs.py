"""Keeping an uploaded file under its digest, outside the transaction that records it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from hudun.core.error import Problem

from .models.plan import input_path

SUFFIXES = (".csv", ".txt", ".geojson", ".json", ".gpkg", ".pbf", ".osm", ".tif", ".tiff")
LARGEST = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    name: str
    digest: str
    suffix: str
    size: int


def keep_input(name: str, chunks: Iterable[bytes]) -> Kept:
    """422.308 for what no reader takes, or is empty, or too large."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        known = " ".join(SUFFIXES)
        raise Problem("422.308", name=name, why=f"认不得“{suffix}”，只收 {known}")
    folder = input_path("x", "").parent
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = sha256(), 0
    with NamedTemporaryFile(dir=folder, delete=False) as draft:
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise Problem("422.308", name=name, why="超过 1 GB")
                digest.update(chunk)
                draft.write(chunk)
            draft.flush()
            os.fsync(draft.fileno())
        except BaseException:
            Path(draft.name).unlink()
            raise
    if not size:
        Path(draft.name).unlink()
        raise Problem("422.308", name=name, why="是空的")
    kept = Kept(Path(name).name[:120], digest.hexdigest(), suffix, size)
    Path(draft.name).replace(input_path(kept.digest, suffix))
    return kept
