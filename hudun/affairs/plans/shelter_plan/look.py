"""What a map of a plan asks for: minutes to the nearest shelter, people on each street, moments of
the walk, and when the people of a polygon are inside."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from hudun.engines.clearance.motion import Frame, door_curves, frames, link_flow
from hudun.engines.clearance.part import Cleared, clear_alone, clear_part
from hudun.engines.clearance.queue import walk
from hudun.engines.sheltering.instance import Flags
from hudun.engines.sheltering.isochrone import nearest
from hudun.engines.sheltering.network import Floats, Ints

from .ground import doors_of
from .plan import Result, links_of
from .tables import Row

PACE_M_MIN = 80.0


def minutes_to_nearest(result: Result, pace: float = PACE_M_MIN) -> Floats:
    """For each node of the streets; infinite where no shelter can be walked to."""
    return nearest(result.ground.network, doors_of(result.ground)).cost / pace


def street_flow(result: Result) -> Ints:
    """People over each edge of the streets in the whole plan."""
    return link_flow(result.groups, links_of(result.ground.streets))


def moments(result: Result, every_s: float = 60.0) -> list[Frame]:
    """From the signal until all are inside; `Frame.people` and `Frame.on_links` count them."""
    links, groups = links_of(result.ground.streets), result.groups
    times = walk(links, result.ground.rate, groups, trace=True)
    last = float(times.inside.max(initial=0.0))
    return frames(links, groups, times, np.arange(0.0, last + every_s, every_s))


def fill(result: Result) -> list[Row]:
    """People at the doors of each shelter, and inside, after each minute until its last is in."""
    ground, minute = result.ground, 60.0
    arrived, inside = door_curves(result.groups, result.times, len(ground.owner), minute)
    rows = []
    for j, name in enumerate(ground.shelters.id):
        mine = ground.owner == j
        come, within_ = arrived[mine].sum(axis=0), inside[mine].sum(axis=0)
        last = int(np.searchsorted(within_, within_[-1])) if within_[-1] else -1
        rows += [
            {"shelter": name, "minute": k, "arrived": int(come[k]), "inside": int(within_[k])}
            for k in range(last + 1)
            if come[k]
        ]
    return rows


def within(result: Result, area: BaseGeometry) -> Flags:
    """Rows of people inside an area in lon/lat; those on its edge too. Rows without a position
    stand where their street node stands."""
    lonlat, home = result.ground.people.lonlat, result.ground.home
    lost = np.isnan(lonlat).any(axis=1) & (home >= 0)
    streets = result.ground.streets
    lonlat[lost] = np.stack([streets.lon, streets.lat], axis=1)[home[lost]]
    shapely.prepare(area)
    return np.asarray(shapely.intersects_xy(area, lonlat[:, 0], lonlat[:, 1]))


def clearance(result: Result, rows: Flags, alone: bool = False) -> Cleared:
    """When the people of those rows who have a place are inside; `alone` if nobody else walks."""
    row_of_group = result.plan.instance.rows()[result.used][result.group_arc]
    chosen = rows[row_of_group]
    links, warning = links_of(result.ground.streets), result.terms.warning_s
    if alone:
        rate = result.ground.rate
        return clear_alone(links, rate, result.groups, chosen, warning)
    return clear_part(links, result.groups, result.times, chosen, warning)
