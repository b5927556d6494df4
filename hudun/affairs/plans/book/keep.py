"""A plan put away and taken out again, so that a loss, a polygon or a moment is asked of exactly
the plan that was approved, whatever became of the files it was made from. Arrays only: nothing that
is read back can run."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from hudun.affairs.plans.shelter_plan.choose import Terms
from hudun.affairs.plans.shelter_plan.ground import Ground
from hudun.affairs.plans.shelter_plan.plan import Result, finished
from hudun.affairs.plans.shelter_plan.points import Points
from hudun.engines.clearance.speeds import AgeGroup
from hudun.engines.sheltering.assign import Assignment
from hudun.engines.sheltering.instance import Instance
from hudun.engines.sheltering.network import Network
from hudun.engines.sheltering.proof import Barrier, Proof
from hudun.geodata.streets import Streets
from hudun.geodata.streets.model import Report

ARRAYS, WORDS = "plan.npz", "plan.json"
STREETS = ("ids", "lon", "lat", "a", "b", "length", "width", "there", "back", "component", "ends")
GROUND = ("home", "home_m", "door", "door_m", "owner", "rate")
INSTANCE = ("people", "places", "first", "shelter", "cost")


def keep(result: Result, folder: Path) -> None:
    instance, proof = result.plan.instance, result.plan.proof
    arrays = {f"street_{name}": getattr(result.ground.streets, name) for name in STREETS}
    arrays |= {f"ground_{name}": getattr(result.ground, name) for name in GROUND}
    arrays |= {f"instance_{name}": getattr(instance, name) for name in INSTANCE}
    arrays["flow"] = result.plan.flow
    if proof is not None and proof.worst is None:
        arrays |= {
            "price": proof.price,
            "barrier_demands": proof.most.demands,
            "barrier_shelters": proof.most.shelters,
        }
    np.savez_compressed(folder / ARRAYS, allow_pickle=False, **arrays)
    words = {
        "people": _columns(result.ground.people),
        "shelters": _columns(result.ground.shelters),
        "terms": asdict(result.terms),
        "unit": instance.unit,
        "ceiling": proof.ceiling if proof is not None else 0,
        "proved": result.proved,
        "report": asdict(result.ground.streets.report) | {"faults": []},
    }
    (folder / WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


def take_out(folder: Path) -> Result:
    """The plan as it was put away; everybody walks again, with the same times."""
    words = json.loads((folder / WORDS).read_text(encoding="utf-8"))
    with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    ground = _ground(held, words)
    instance = Instance(unit=words["unit"], **{name: held[f"instance_{name}"] for name in INSTANCE})
    plan = Assignment(instance, held["flow"], _proof(held, words["ceiling"]))
    return finished(ground, _terms(words["terms"]), plan, bool(words["proved"]))


def _ground(held: dict[str, Any], words: dict[str, Any]) -> Ground:
    at = {name: held[f"street_{name}"] for name in STREETS}
    streets = Streets(report=Report(**words["report"]), **at)
    ends = (streets.a, streets.b, streets.there, streets.back)
    network = Network.of_edges(len(streets.ids), *ends)
    people, shelters = _points(words["people"]), _points(words["shelters"])
    placed = {name: held[f"ground_{name}"] for name in GROUND}
    return Ground(streets, network, people, shelters, **placed)


def _proof(held: dict[str, Any], ceiling: int) -> Proof | None:
    if "price" not in held:
        return None
    return Proof(Barrier(held["barrier_demands"], held["barrier_shelters"]), held["price"], ceiling)


def _terms(said: dict[str, Any]) -> Terms:
    return Terms(**said | {"ages": tuple(AgeGroup(**age) for age in said["ages"])})


def _columns(points: Points) -> dict[str, Any]:
    held = {column.name: getattr(points, column.name) for column in fields(points)}
    return held | {"path": points.path.name}


def _points(held: dict[str, Any]) -> Points:
    places = [(float(lon), float(lat)) for lon, lat in held["places"]]
    return Points(**held | {"path": Path(held["path"]), "places": places})
