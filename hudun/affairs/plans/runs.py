"""What the planner does for plans. The engines are brought in when they are needed: a web process
knows the names only."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.paper.issue import office_fonts
from hudun.core.planner import Desk, Run, planned

from . import problems as problems
from .actions.version import record_book
from .book.names import BOOK, PACK
from .book.papers import pack_papers
from .heading import head_of
from .models import InputKind, Version
from .reading import load
from .register import contacts, points_of, registered
from .sources import Source

if TYPE_CHECKING:
    from hudun.affairs.plans.shelter_plan.plan import Result


def _record(run: Run, answer: dict[str, Any]) -> None:
    for version in Version.objects.filter(run=run):
        book = load(run.folder / BOOK)
        record_book(Actor.system(version.organ), version, book=book, inputs=answer["inputs"])


@planned("plans.assign", says="编制掩蔽方案", keep=_record)
def assign(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    from .book.assign import Given, assign_book, directory_of

    asked = ask["files"]  # a database need not keep the order of its keys
    given = {kind: Source(**asked[kind]) for kind in InputKind.values if kind in asked}
    files = {kind: source.path for kind, source in given.items()}
    inputs = [
        {"kind": one.label, "line": one.line, "digest": one.digest} for one in given.values()
    ]  # fmt: skip
    register, rows = None, []
    if "shelters" not in files:
        found = registered(desk.organ, bool(ask["terms"].get("with_bad")))
        if not found.rows:
            raise Problem("422.302", why="；".join(found.faults[:5]) or "一个也没有登记。")
        rows, register = found.rows, points_of(found.rows)
        inputs.append({"kind": "工程", "line": found.line(), "digest": found.digest})
        register[0].faults.extend(found.faults)
    directory = directory_of(files, rows, contacts(desk.organ))
    book = assign_book(
        Given(files, register, directory, ask["terms"]), desk.folder, desk.progress
    )  # fmt: skip
    return {"inputs": inputs, "people": book["totals"]["people"], "level": book["level"]}


@planned("plans.lose", says="演算损失与改派")
def lose(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    from .book.lose import area_of, lose_book

    home = _home(ask)
    return lose_book(
        plan_in(home), home, ask["names"], area_of(ask["closed"]), float(ask["penalty_m"]),
        desk.folder, desk.progress,
    )  # fmt: skip


@planned("plans.clear", says="圈选清空时间", quick=True)
def clear(ask: dict[str, Any], _desk: Desk) -> dict[str, Any]:
    from .book.clear import cleared
    from .book.lose import area_of

    try:
        area = area_of(ask["area"])
    except ValueError as error:
        raise Problem("422.309", why=error) from error
    if area is None:
        raise Problem("422.309", why="没有圈")
    return cleared(plan_in(_home(ask)), area)


@planned("plans.leave", says="演算疏散")
def leave(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    from .book.leaving import leave_book

    files = {kind: Source(**one).path for kind, one in ask["files"].items()}
    return leave_book(plan_in(_home(ask)), ask, files, desk.folder, desk.progress)


@planned("plans.print", says="打印整本册子")
def print_all(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Sets type only; done here because a whole book takes a minute."""
    version = Version.objects.select_related("organ", "plan", "run").get(pk=UUID(ask["version"]))
    book = load(version.folder / BOOK)
    count = pack_papers(
        version.folder, book, head_of(version), office_fonts(), clock.now(),
        desk.folder / PACK, desk.progress,
    )  # fmt: skip
    return {"files": count, "state": version.shown.label}


def _home(ask: dict[str, Any]) -> Path:
    return Run.objects.get(pk=UUID(ask["run"])).folder


@lru_cache(maxsize=2)
def plan_in(folder: Path) -> Result:
    """The plan that was put away there; the last two stay at hand."""
    from .book.keep import take_out

    return take_out(folder)
