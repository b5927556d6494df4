"""A choice of a search becomes proposed sites."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hudun.affairs.coverage.actions import propose_site
from hudun.affairs.coverage.models import Site
from hudun.assets.sirens.actions import REGISTRABLE
from hudun.core import clock
from hudun.core.action import Actor, together
from hudun.core.error import Problem
from hudun.core.organ import Organ, User
from hudun.core.planner import Run

NEAR = 1e-6
GROUNDS_LONG = 1_000


@dataclass(frozen=True)
class Adopting:
    """One site of the choice as the form shows it; taken: the site it already is."""

    place: int
    name: str
    taken: Site | None


def choices_to_adopt(user: User, run: Run, choice: dict[str, Any]) -> dict[str, Any]:
    organs = Organ.objects.under(run.organ).active().kind(*REGISTRABLE).order_by("path")
    rows = [
        Adopting(place, site["name"], taken(run, site))
        for place, site in enumerate(choice["sites"], 1)
    ]
    return {
        "rows": rows,
        "organs": organs.select_related("parent"),
        "may": user.has_role(propose_site.roles, run.organ),
        "all": bool(rows) and all(row.taken for row in rows),
    }


def taken(run: Run, site: dict[str, Any]) -> Site | None:
    box = {
        "source_lon__range": (site["lon"] - NEAR, site["lon"] + NEAR),
        "source_lat__range": (site["lat"] - NEAR, site["lat"] + NEAR),
    }
    return Site.objects.under(run.organ).standing().of_run(run).filter(**box).first()


def adopt(actor: Actor, run: Run, given: Mapping[str, Any]) -> list[Site]:
    """All of a choice that are not yet sites, or none."""
    choice = _choice(run, given)
    made = []
    with together():
        for place, site in enumerate(choice["sites"], 1):
            if taken(run, site) is not None:
                continue
            organ = _organ(run, given.get(f"organ-{place}", ""))
            name = str(given.get(f"name-{place}", "")).strip()[:80] or site["name"]
            made.append(propose_site(actor, organ, **fields(run, choice, site, name)))
    if not made:
        first = choice["sites"][0]
        known = taken(run, first)
        raise Problem("409.223", name=first["name"], taken=known or "")
    return made


def _choice(run: Run, given: Mapping[str, Any]) -> dict[str, Any]:
    number = str(given.get("choice", ""))
    choices = run.result.get("choices", [])
    if run.state != "done" or not number.isdigit() or not 0 < int(number) <= len(choices):
        raise Problem("409.224")
    found: dict[str, Any] = choices[int(number) - 1]
    if not found["sites"]:
        raise Problem("409.224")
    return found


def _organ(run: Run, key: str) -> Organ:
    organs = {str(one.pk): one for one in Organ.objects.under(run.organ).kind(*REGISTRABLE)}
    return organs.get(key, run.organ)


def fields(run: Run, choice: dict[str, Any], site: dict[str, Any], name: str) -> dict[str, Any]:
    result, alone = run.result, site["alone"]
    grounds = (
        f"{result['what']}。同一方案共 {len(choice['sites'])} 台，合计新增 "
        f"{choice['gain']['people']:,.0f} 人、{choice['gain']['km2']:.3f} km²。"
    )
    proof = "已证明最优" if result["proved"] else f"离最优至多 {result['gap']:.2%}"
    basis = (
        f"选址测算 {clock.beijing(run.asked_at):%Y-%m-%d}，候选 {result['candidates']} 处，{proof}"
    )
    return {
        "number": next_number(run.organ),
        "name": name,
        "stand": "roof" if site["roof"] else "tower",
        "position": site["name"],
        "height_m": site["height"],
        "kind": "electronic",
        "spl30_db": run.ask["level"],
        "source_datum": "CGCS2000",
        "source_lon": site["lon"],
        "source_lat": site["lat"],
        "grounds": grounds[:GROUNDS_LONG],
        "cost_fen": site["cost_fen"],
        "added_people": round(alone["people"]),
        "added_km2": round(alone["km2"], 3),
        "basis": basis,
        "run": run,
    }


def next_number(organ: Organ) -> str:
    """XZ-2026-03; the actions hold the chain of the office, so that two do not get the same."""
    start = f"XZ-{clock.today().year}-"
    used = Site.objects.under(organ.seat()).filter(number__startswith=start)
    tails = [number[len(start) :] for number in used.values_list("number", flat=True)]
    return f"{start}{max((int(tail) for tail in tails if tail.isdigit()), default=0) + 1:02d}"
