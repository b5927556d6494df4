"""`hudun shelter-plan`: the words, and what it says at the end."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

import hudun
from hudun.affairs.plans.book.directory import read_directory
from hudun.affairs.plans.book.make import make_book
from hudun.affairs.plans.book.papers import write_papers
from hudun.affairs.plans.book.typeset import Head
from hudun.core.error import Problem
from hudun.core.paper.fonts import fonts_at
from hudun.engines.sheltering.evacuate import Fleet
from hudun.engines.sheltering.instance import BadInstance
from hudun.geodata.streets import Streets

from .choose import Terms
from .ground import read_entrances
from .leave import (
    Leaving,
    evacuation,
    gather_rows,
    leave_summary,
    ride_rows,
    shares_of,
    staying,
)
from .look import fill
from .lost import after_loss, loss_summary, lost_shelters, move_rows, shut_streets
from .needs import needs
from .options import ages_of, check, parse
from .plan import Result, make_plan, place_shelters
from .points import Points, read_all, read_points
from .read import read_streets
from .said import leave_lines, loss_lines, plan_lines
from .siting import site_shelters
from .tables import Row
from .write import write, write_more

DONE, BAD = 0, 2


def main(argv: list[str]) -> int:
    asked = parse(argv)
    try:
        print("\n".join(_run(asked)))
    except Problem as problem:
        return _refused(problem)
    except BadInstance:
        return _refused(Problem("400.317"))
    return DONE


def _refused(problem: Problem) -> int:
    print(f"{problem.number} {problem.what}\n{problem.safe}{problem.todo}", file=sys.stderr)
    return BAD


def _run(asked: argparse.Namespace) -> list[str]:
    check(asked)
    streets = read_streets(asked.streets, asked.nodes, asked.dem)
    people = read_all(asked.people, when=asked.when, total=asked.total)
    more: dict[str, list[Row]] = {}
    leave, said = leaving(asked, streets, people, more)
    if leave is not None:
        people = staying(people, leave)
    shelters = _shelters(asked, streets, people)
    doors = read_entrances(asked.entrances, shelters) if asked.entrances else None
    result = make_plan(streets, people, shelters, _terms(asked), doors)
    told = write(result, asked.out, set(asked.form))
    more["fill"] = fill(result)
    more["needs"] = needs(result, asked.sites, asked.size)
    losses, faults = losing(asked, result, told, more)
    told["unused_rows"] += faults + (doors.faults if doors else [])
    told["evacuation"] = said
    write_more(asked.out, told, more)
    printed = booking(asked, result)
    return [*plan_lines(told, asked), *leave_lines(said), *losses, *printed, f"结果在 {asked.out}"]


def _terms(asked: argparse.Namespace) -> Terms:
    limit = asked.minutes * asked.pace if asked.minutes else asked.limit
    return Terms(
        limit_m=limit, fair=asked.fair, convex_m=asked.convex, whole=asked.whole,
        together=asked.together, ages=ages_of(asked.ages),
        warning_s=asked.warning, start_s=asked.start,
    )  # fmt: skip


def leaving(
    asked: argparse.Namespace, streets: Streets, people: Points, more: dict[str, list[Row]]
) -> tuple[Leaving | None, list[Row]]:
    if not asked.leave:
        return None, []
    if not (asked.assembly and asked.areas):
        raise Problem("400.318", name="--leave", needed="--assembly 和 --areas")
    leave = Leaving(shares_of(asked.leave), Fleet(asked.vehicles, asked.seats))
    points, areas = (read_points(path, shelters=True) for path in (asked.assembly, asked.areas))
    given = evacuation(streets, people, points, areas, leave, asked.gather)
    more["evacuation"] = gather_rows(people, given)
    more["rides"] = ride_rows(given, leave.fleet)
    return leave, leave_summary(given)


def losing(
    asked: argparse.Namespace, result: Result, told: Row, more: dict[str, list[Row]]
) -> tuple[list[str], list[str]]:
    """What is said of the loss, and what of it could not be used."""
    if not (asked.lost or asked.closed):
        return [], []
    names = [name for part in asked.lost or [] for name in part.split(",") if name]
    lost, faults = lost_shelters(result, names)
    shut, more_faults = (
        shut_streets(result.ground.streets, asked.closed)
        if asked.closed
        else (np.zeros(len(result.ground.streets.a), bool), [])
    )
    after = after_loss(result, lost, shut, asked.penalty)
    told["loss"] = loss_summary(result, after) | {"closed_streets": int(shut.sum())}
    more["moves"] = [
        *move_rows(result, after.at_once, "立即"), *move_rows(result, after.steady, "稳定")
    ]  # fmt: skip
    write(after.stable, asked.out / "after", set(asked.form))
    return loss_lines(told["loss"]), faults + more_faults


def booking(asked: argparse.Namespace, result: Result) -> list[str]:
    """The plan book, where one is asked for."""
    if not asked.book:
        return []
    directory = read_directory(asked.shelters, asked.helpers, asked.hazards)
    book = make_book(result, asked.book, directory, None, asked.sites, asked.size)
    fonts = fonts_at(Path(hudun.__file__).resolve().parent.parent)
    head = Head(asked.office, asked.title, asked.edition, asked.secrecy, asked.note)
    files = write_papers(asked.book, book, head, fonts, datetime.now(UTC))
    word = "平" if book["level"] else "不平"
    return [f"册子 {files} 份在 {asked.book}，各表合计{word}"]


def _shelters(asked: argparse.Namespace, streets: Streets, people: Points) -> Points:
    if asked.shelters:
        return read_points(asked.shelters, shelters=True)
    if not asked.place:
        raise Problem("400.314")
    limit = _terms(asked).limit_m
    if asked.siting:
        sited = site_shelters(streets, people, asked.place, asked.size, limit, asked.siting)
        print(f"选址引擎：到最近一处平均 {sited.mean_m:.1f} 米，与可证的界差 {sited.gap:.2%}")
        return sited.shelters
    return place_shelters(streets, people, asked.place, asked.size, limit * 0.8)
