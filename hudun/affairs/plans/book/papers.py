"""All papers of a book into a folder, for planners who never open the web."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from hudun.core.paper.fonts import FontSet

from .names import LISTS, SHEETS
from .typeset import Head, cards_pdf, community_pdf, shelter_pdf

COMMUNITIES, CARDS, SHELTERS = "社区册页", "告知卡", "工程名单"
LONGEST_NAME = 40


def write_papers(
    folder: Path, book: dict[str, Any], head: Head, fonts: FontSet, at: datetime
) -> int:
    """How many files were written."""
    for name in (COMMUNITIES, CARDS, SHELTERS):
        (folder / name).mkdir(exist_ok=True)
    for k, row in enumerate(book["communities"]):
        sheet = read(folder, SHEETS, k)
        name = f"{k + 1:03}-{safe(row['name'])}.pdf"
        made = community_pdf(sheet, picture(folder, k), head, fonts, at)
        (folder / COMMUNITIES / name).write_bytes(made)
        (folder / CARDS / name).write_bytes(cards_pdf(sheet, head, fonts, at))
    for k, row in enumerate(book["shelters"]):
        made = shelter_pdf(read(folder, LISTS, k), head, fonts, at)
        (folder / SHELTERS / f"{k + 1:03}-{safe(row['name'])}.pdf").write_bytes(made)
    return 2 * len(book["communities"]) + len(book["shelters"])


def read(folder: Path, kind: str, k: int) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / kind / f"{k}.json").read_text(encoding="utf-8"))
    return said


def picture(folder: Path, k: int) -> bytes:
    path = folder / SHEETS / f"{k}.svg"
    return path.read_bytes() if path.exists() else b""


def safe(name: str) -> str:
    """What every file system takes."""
    return re.sub(r"[^\w（）()-]+", "_", name)[:LONGEST_NAME] or "_"
