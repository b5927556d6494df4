"""1 % of the shelters are lost: the repair, the stable plan, and the curve over the penalty.

`python -m … FILE [--curve]`; ends with one line of JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np

from hudun.engines.sheltering.assign import Assignment, assign
from hudun.engines.sheltering.cover import barrier
from hudun.engines.sheltering.instance import Instance
from hudun.engines.sheltering.loss import displaced, moves, repair, stable_plan, without
from hudun.engines.sheltering.proof import cover_bound

from .round import timed

PENALTY = 10_000  # decimetres
CURVE = (0, 1_000, 3_000, 10_000, 30_000)


def main() -> int:
    with np.load(sys.argv[1]) as g:
        instance = Instance(g["people"], g["places"], g["first"], g["to"], g["cost"])
    plan = assign(instance)
    rng = np.random.default_rng(7)
    lost = np.zeros(instance.shelters, bool)
    lost[rng.choice(instance.shelters, max(1, instance.shelters // 100), replace=False)] = True
    compiled_before()
    mended, quick = timed(lambda: repair(plan, lost))
    found, steady = timed(lambda: stable_plan(plan, lost, PENALTY))
    stable = found.plan
    fresh = assign(without(instance, lost))
    curve = [point(plan, lost, penalty) for penalty in CURVE] if "--curve" in sys.argv else []
    gone = displaced(plan, lost)
    print(
        json.dumps(
            {
                "displaced": gone,
                "repair": quick,
                "repair_left": int(mended.left.sum()),
                "stable": steady,
                "stable_left": int(stable.left.sum()),
                "fresh_left": int(fresh.left.sum()),
                "proved": found.proved,
                "covers_most": cover_bound(stable.instance, barrier(stable.instance, stable.flow))
                == stable.covered,
                "moved_ratio": moves(plan, stable).total / max(1, gone),
                "fresh_moved_ratio": moves(plan, fresh).total / max(1, gone),
                "walk_ratio": stable.walked / max(1, fresh.walked),
                "curve": curve,
            }
        )
    )
    return 0


def compiled_before() -> None:
    small = assign(Instance.of_arcs([1], [1, 1], [0, 0], [0, 1], [1, 2]))
    repair(small, np.array([True, False]))
    stable_plan(small, np.array([True, False]), 1)


def point(plan: Assignment, lost: np.ndarray, penalty: int) -> dict[str, Any]:
    stable = stable_plan(plan, lost, penalty).plan
    return {"penalty": penalty, "moved": moves(plan, stable).total, "walked": stable.walked}


if __name__ == "__main__":
    sys.exit(main())
