"""Small instances, made from a seed or by hypothesis."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from hudun.engines.sheltering.instance import Instance


def random_instance(seed: int, demands: int = 12, shelters: int = 6) -> Instance:
    """Some demands without people, some without arcs, some shelters without places."""
    rng = np.random.default_rng(seed)
    n, s = int(rng.integers(1, demands + 1)), int(rng.integers(1, shelters + 1))
    arc = rng.random((n, s)) < rng.uniform(0.1, 1.0)
    demand, shelter = np.nonzero(arc)
    cost = rng.integers(0, 30, len(demand))
    people, places = rng.integers(0, 20, n), rng.integers(0, 40, s)
    return Instance.of_arcs(people, places, demand, shelter, cost)


@st.composite
def instances(draw: Any) -> Instance:
    seed = draw(st.integers(0, 2**32 - 1))
    return random_instance(seed, draw(st.integers(1, 25)), draw(st.integers(1, 10)))
