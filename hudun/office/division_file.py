"""A file of official division codes, read and judged before anything is written."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from hudun.core.error import Problem
from hudun.core.organ import OrganKind

LEVELS = [
    OrganKind.PROVINCE,
    OrganKind.CITY,
    OrganKind.DISTRICT,
    OrganKind.SUBDISTRICT,
    OrganKind.COMMUNITY,
]
LENGTHS = dict(zip(LEVELS, (2, 4, 6, 9, 12), strict=True))


class Division(NamedTuple):
    code: str
    name: str
    level: OrganKind
    parent: str


def read_divisions(path: Path) -> list[Division]:
    """Highest level first. Columns: code, name, level, parent."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    faults = list(_faults(rows))
    if faults:
        raise Problem("422.20", count=len(faults), first="；".join(faults[:3]))
    divisions = [
        Division(row["code"], row["name"].strip(), OrganKind(row["level"]), row["parent"])
        for row in rows
    ]
    return sorted(divisions, key=lambda each: (LEVELS.index(each.level), each.code))


def _faults(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    rows = list(rows)
    codes = [row.get("code") or "" for row in rows]
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        for fault in _row_faults(row, set(codes)):
            yield f"第 {number} 行{fault}"
        if row.get("code") in seen:
            yield f"第 {number} 行代码 {row['code']} 重复"
        seen.add(row.get("code") or "")


def _row_faults(row: dict[str, str], codes: set[str]) -> Iterator[str]:
    code, level, parent = (row.get(name) or "" for name in ("code", "level", "parent"))
    if level not in LEVELS:
        yield f"级别“{level}”不认识"
        return
    if not code.isdigit() or len(code) != LENGTHS[OrganKind(level)]:
        yield f"代码“{code}”应为 {LENGTHS[OrganKind(level)]} 位数字"
    if not (row.get("name") or "").strip():
        yield "没有名称"
    if level != OrganKind.PROVINCE and parent not in codes:
        yield f"上级“{parent}”不在文件中"
