"""From files and registers to a book: the work of the planned run `plans.assign`."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hudun.affairs.plans.shelter_plan.choose import Terms
from hudun.affairs.plans.shelter_plan.ground import Entrances, read_entrances
from hudun.affairs.plans.shelter_plan.plan import Result, make_plan
from hudun.affairs.plans.shelter_plan.points import ALIASES, Points, read_all, read_points, records
from hudun.affairs.plans.shelter_plan.read import read_streets
from hudun.core.error import Problem
from hudun.engines.sheltering.instance import BadInstance

from .directory import Directory, Helper, ShelterWords, read_directory
from .make import Progress, make_book, save
from .names import DIRECTORY

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """Files by kind, the register's rows where no file of shelters is given, and what the office
    asked for."""

    files: Mapping[str, Path]
    register: tuple[Points, Entrances] | None
    directory: Directory
    terms: Mapping[str, Any]


def terms_of(said: Mapping[str, Any]) -> Terms:
    names = ("limit_m", "fair", "whole", "together", "warning_s", "start_s")
    return Terms(**{name: said[name] for name in names if name in said})


def assign_book(given: Given, folder: Path, progress: Progress) -> Row:
    progress(0.02, "读路网")
    files, terms = given.files, given.terms
    streets = read_streets(files["streets"], files.get("nodes"), files.get("terrain"))
    progress(0.15, "读人口与工程")
    people = read_all(
        [named(files[kind], folder) for kind in ("people", "units") if kind in files],
        when=str(terms.get("when", "")), total=int(terms.get("total", 0)),
    )  # fmt: skip
    shelters, doors = _shelters(given)
    progress(0.2, "分配")
    try:
        result = make_plan(streets, people, shelters, terms_of(terms), doors)
    except BadInstance as error:
        raise Problem("400.317") from error
    return finish(result, folder, given.directory, terms, _later(progress))


def named(path: Path, folder: Path) -> Path:
    """The same people with a name each, where the file gives none: community and number."""
    rows = list(records(path))
    if not rows or any(name in rows[0] for name in ALIASES["id"]):
        return path
    made, counts = folder / f"{path.stem[:12]}-named.csv", Counter[str]()
    with made.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, ["id", *rows[0]])
        table.writeheader()
        for row in rows:
            place = str(row.get("community") or row.get("社区") or "").strip()
            counts[place] += 1
            table.writerow({"id": f"{place}{counts[place]} 号点", **row})
    return made


def _later(progress: Progress) -> Progress:
    """The book is the last two thirds."""
    return lambda share, words: progress(0.35 + 0.65 * share, words)


def _shelters(given: Given) -> tuple[Points, Entrances | None]:
    if given.register is not None:
        return given.register
    shelters = read_points(given.files["shelters"], shelters=True)
    doors = given.files.get("entrances")
    return shelters, read_entrances(doors, shelters) if doors else None


def finish(
    result: Result, folder: Path, directory: Directory, terms: Mapping[str, Any],
    progress: Progress,
) -> Row:  # fmt: skip
    """The book, and the words it was made with, so that what follows from it has them too."""
    save(folder / DIRECTORY, directory.as_json())
    sites, size = int(terms.get("sites", 10)), int(terms.get("size", 2_000))
    return make_book(result, folder, directory, progress, sites, size)


def directory_in(folder: Path) -> Directory:
    return Directory.of_json(json.loads((folder / DIRECTORY).read_text(encoding="utf-8")))


def directory_of(
    files: Mapping[str, Path], rows: list[Row], contacts: Mapping[str, list[dict[str, str]]]
) -> Directory:
    """Names from the files where they give any, else from the registers."""
    told = read_directory(files.get("shelters"), files.get("helpers"), files.get("hazards"))
    for row in rows:
        doors = tuple(door["name"] for door in row["doors"])
        told.shelters[row["id"]] = ShelterWords(
            row["title"], row["address"], row["keeper"], row["phone"], doors
        )
    for name, people in contacts.items():
        told.helpers.setdefault(name, [Helper(**one) for one in people])
    return told
