"""A polygon on the map: when are its people inside, and where do the minutes go."""

from __future__ import annotations

from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from hudun.affairs.plans.shelter_plan.look import clearance, within
from hudun.affairs.plans.shelter_plan.plan import Result
from hudun.engines.clearance.part import Cleared

from .arcs import minutes

Row = dict[str, Any]


def cleared(result: Result, area: BaseGeometry) -> Row:
    """With everybody walking, and if nobody but they walked."""
    rows = within(result, area)
    people = result.ground.people
    inside = int(result.plan.inside[rows].sum())
    total = int(people.number[rows].sum())
    told = {
        "rows": int(rows.sum()),
        "people": total,
        "vulnerable": int(np.array(people.vulnerables, np.int64)[rows].sum()),
        "covered": inside,
        "left": total - inside,
    }
    if not inside:
        return told
    return told | {
        "together": _told(clearance(result, rows)),
        "alone": _told(clearance(result, rows, alone=True)),
    }


def _told(found: Cleared) -> Row:
    budget = found.budget
    return {
        "last_min": minutes(budget.last),
        "mean_min": minutes(budget.mean),
        "parts": [
            [word, minutes(seconds)]
            for word, seconds in (
                ("警报传到", budget.warning), ("收拾出门", budget.start), ("步行", budget.walk),
                ("路上排队", budget.queue), ("口部排队", budget.door),
            )
        ],
        "inside": found.inside.tolist(),
    }  # fmt: skip
