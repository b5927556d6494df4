"""All papers of a book into a folder, for planners who never open the web."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from hudun.core.paper.fonts import FontSet

from .names import LISTS, SHEETS
from .typeset import Head, cards_pdf, community_pdf, shelter_pdf

COMMUNITIES, CARDS, SHELTERS = "社区册页", "告知卡", "工程名单"
LONGEST_NAME = 40


def write_papers(
    folder: Path, book: dict[str, Any], head: Head, fonts: FontSet, at: datetime
) -> int:
    """How many files were written."""
    for name, made in papers(folder, book, head, fonts, at):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made)
    return papers_in(book)


def papers_in(book: dict[str, Any]) -> int:
    return 2 * len(book["communities"]) + len(book["shelters"])


def pack_papers(
    source: Path, book: dict[str, Any], head: Head, fonts: FontSet, at: datetime, target: Path,
    progress: Callable[[float, str], None],
) -> int:  # fmt: skip
    """All of them in one ZIP; how many they are."""
    whole = papers_in(book)
    with ZipFile(target, "w", ZIP_DEFLATED) as pack:
        for k, (name, made) in enumerate(papers(source, book, head, fonts, at), 1):
            pack.writestr(name, made)
            progress(k / max(1, whole), f"第 {k} 份，共 {whole} 份")
    return whole


def papers(
    folder: Path, book: dict[str, Any], head: Head, fonts: FontSet, at: datetime
) -> Iterator[tuple[str, bytes]]:
    """(name, PDF): sheets and cards of the communities, lists of the shelters."""
    for k, row in enumerate(book["communities"]):
        sheet, name = read(folder, SHEETS, k), f"{k + 1:03}-{safe(row['name'])}.pdf"
        made = community_pdf(sheet, picture(folder, k), head, fonts, at)
        yield f"{COMMUNITIES}/{name}", made
        yield f"{CARDS}/{name}", cards_pdf(sheet, head, fonts, at)
    for k, row in enumerate(book["shelters"]):
        made = shelter_pdf(read(folder, LISTS, k), head, fonts, at)
        yield f"{SHELTERS}/{k + 1:03}-{safe(row['name'])}.pdf", made


def read(folder: Path, kind: str, k: int) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / kind / f"{k}.json").read_text(encoding="utf-8"))
    return said


def picture(folder: Path, k: int) -> bytes:
    path = folder / SHEETS / f"{k}.svg"
    return path.read_bytes() if path.exists() else b""


def safe(name: str) -> str:
    """What every file system takes."""
    return re.sub(r"[^\w（）()-]+", "_", name)[:LONGEST_NAME] or "_"
