"""Reading a version's book: the files of its run and the rows in the tables."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from hudun.core.error import Problem

from .book.balance import Balance, balance
from .book.names import BOOK, LISTS, SHEETS
from .models import CommunityRow, PairRow, ShelterRow, Version

Row = dict[str, Any]


def balance_of(version: Version) -> Balance:
    """Of what is in the tables and files now, not of what was said when it was made."""
    return balance(
        version.totals,
        list(CommunityRow.objects.of(version).values()),
        list(ShelterRow.objects.of(version).values()),
        list(PairRow.objects.of(version).values("people")),
        gaps_of(version),
    )


def gaps_of(version: Version) -> list[Row]:
    found: list[Row] = load(version.folder / BOOK)["gaps"]
    return found


def needs_of(version: Version) -> list[Row]:
    found: list[Row] = load(version.folder / BOOK)["needs"]
    return found


def sheet_of(version: Version, position: int) -> Row:
    return _piece(version, SHEETS, position, "社区")


def list_of(version: Version, position: int) -> Row:
    return _piece(version, LISTS, position, "工程")


def _piece(version: Version, kind: str, position: int, word: str) -> Row:
    path = version.folder / kind / f"{position}.json"
    if not version.made or not path.is_file():
        raise Problem("404.300", edition=version.number, what=f"{word} {position}")
    found: Row = load(path)
    return found


def picture_of(version: Version, position: int) -> bytes:
    path = version.folder / SHEETS / f"{position}.svg"
    return path.read_bytes() if path.is_file() else b""


def load(path: Path) -> Any:
    """A run's files never change once it has ended."""
    return _loaded(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _loaded(path: Path, _written: int) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
