"""Why no plan is better, in a form that can be checked without the solver.

Most people covered: a set A of demands whose arcs all end in a set N of shelters (Hall 1935). Then
no plan covers more than the people outside A and the places of N; a plan that covers exactly that
many covers the most. In words: these people can reach only these shelters, which are full.

Least walking: a price v ≥ 0 of a place in each shelter and a ceiling M. Every plan that leaves r
people outside walks at least Σ people·min(M, min(cost + v)) − Σ places·v − M·r (weak duality of
the transport problem); a plan that walks exactly that walks least among all that leave r.

Lowest worst walk: a second pair (A, N), for the arcs below the worst one only, under which fewer
people can be covered.

`verify` reads the instance, the flow and the proof and nothing else; its cost is linear in the
number of arcs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .instance import Flags, Instance
from .network import Ints


@dataclass(frozen=True, slots=True)
class Barrier:
    """A of the demands, N of the shelters."""

    demands: Flags
    shelters: Flags


@dataclass(frozen=True, slots=True)
class Proof:
    most: Barrier
    price: Ints
    ceiling: int
    worst: int | None = None
    """The lowest worst cost, when the plan is a fair one; arcs above it were not used."""
    below: Barrier | None = None
    """Under the arcs below `worst` alone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    fits: bool
    """Nobody counted twice, no shelter over its places."""
    covers_most: bool
    walks_least: bool
    fair: bool
    """True also where no fairness was claimed."""

    @property
    def holds(self) -> bool:
        return self.fits and self.covers_most and self.walks_least and self.fair


def verify(instance: Instance, flow: Ints, proof: Proof) -> Verdict:
    inside = row_sums(instance, flow)
    load = loads(instance, flow)
    fits = bool(
        (flow >= 0).all() and (inside <= instance.people).all() and (load <= instance.places).all()
    )
    covered = int(inside.sum())
    usable = instance if proof.worst is None else instance.keep(instance.cost <= proof.worst)
    left = int(instance.people.sum()) - covered
    walked = int((flow * instance.cost).sum())
    return Verdict(
        fits,
        cover_bound(instance, proof.most) == covered,
        walk_bound(usable, proof.price, proof.ceiling, left) == walked,
        _is_fair(instance, flow, proof, covered),
    )


def cover_bound(instance: Instance, barrier: Barrier) -> int | None:
    """No plan covers more people than this; None if the barrier is none."""
    ends = barrier.shelters[instance.shelter]
    if not ends[barrier.demands[instance.rows()]].all():
        return None
    outside = instance.people[~barrier.demands].sum()
    return int(outside) + int(instance.places[barrier.shelters].sum())


def walk_bound(instance: Instance, price: Ints, ceiling: int, left: int) -> int | None:
    """No plan that leaves `left` people outside walks less than this; None if a price is below
    zero or the sum could not be exact."""
    if (price < 0).any() or int(price.max(initial=0)) > 2**61:
        return None
    dearest = np.full(instance.demands, ceiling, np.int64)
    np.minimum.at(dearest, instance.rows(), instance.cost + price[instance.shelter])
    worth = exact_dot(instance.people, dearest) - exact_dot(instance.places, price)
    return worth - ceiling * left


def row_sums(instance: Instance, flow: Ints) -> Ints:
    """People of each demand who are inside."""
    total: Ints = np.concatenate([[0], np.cumsum(flow)])
    return total[instance.first[1:]] - total[instance.first[:-1]]


def loads(instance: Instance, flow: Ints) -> Ints:
    """People in each shelter."""
    load = np.zeros(instance.shelters, np.int64)
    np.add.at(load, instance.shelter, flow)
    return load


def exact_dot(a: Ints, b: Ints) -> int:
    """Whole and right whatever its size: high and low halves are summed apart."""
    high, low = np.divmod(b, 1 << 31)
    return (int((a * high).sum()) << 31) + int((a * low).sum())


def _is_fair(instance: Instance, flow: Ints, proof: Proof, covered: int) -> bool:
    if proof.worst is None or covered == 0:
        return True
    if proof.below is None or instance.cost[flow > 0].max() > proof.worst:
        return False
    bound = cover_bound(instance.keep(instance.cost < proof.worst), proof.below)
    return bound is not None and bound < covered
