"""Everybody walks: `python -m … PEOPLE`; ends with one line of JSON."""

from __future__ import annotations

import json
import sys

import numpy as np

from hudun.engines.clearance.queue import Groups, Links, split_groups, walk
from hudun.engines.sheltering.assign import assign
from hudun.engines.sheltering.instance import Instance
from hudun.engines.sheltering.routes import routes
from hudun.engines.sheltering.search import reach

from .city import LIMIT_M, make
from .round import timed

PER_GROUP = 4
"""A household walks together."""


def main() -> int:
    people = int(sys.argv[1])
    city = make(320, people // 10, people // 200)
    network, doors = city.network(), city.doors()
    found = reach(network, doors, city.demand, LIMIT_M)
    plan = assign(Instance.of_reach(found, city.people, city.places))
    used = np.flatnonzero(plan.flow)
    rows, to = plan.instance.rows()[used], plan.instance.shelter[used]
    way, routing = timed(lambda: routes(network, doors, city.demand[rows], to, LIMIT_M))
    row, count = split_groups(plan.flow[used], PER_GROUP)
    length = np.diff(way.first)[row]
    first = np.concatenate([[0], np.cumsum(length)])
    link = way.edge[np.repeat(way.first[:-1][row] - first[:-1], length) + np.arange(first[-1])]
    speed = np.random.default_rng(1).choice([1.33, 0.9, 0.7], len(row), p=[0.65, 0.15, 0.2])
    none = np.zeros(len(row))
    groups = Groups(count, none + 180, speed, first, link, none, way.door[row])
    links = Links(city.length, np.full(len(city.length), 1.3 * 4))
    rate = np.full(doors.shelters, 1.3 * 3)
    nobody = Groups(count[:0], none[:0], speed[:0], first[:1], link[:0], none[:0], way.door[:0])
    walk(links, rate, nobody)  # compiled before
    times, said = timed(lambda: walk(links, rate, groups))
    told: dict[str, float] = {
        "people": int(count.sum()),
        "groups": len(row),
        "steps": int(first[-1]),
    }
    told |= {"routes": routing["cpu"], "last": float(times.inside.max())}
    print(json.dumps(said | told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
