"""What no acoustic case may hold, said before anything is reckoned."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot, isfinite
from typing import Any

from shapely import Point, Polygon

Case = dict[str, Any]
ENDS = {"source": "声源", "receiver": "接收点"}
LEAST_APART_M = 0.1


def faults(case: Case) -> Iterator[str]:
    for key, value in case.items():
        if key != "expect" and any(not isfinite(number) for number in numbers(value)):
            yield f"{key} 里有不是数字的值（NaN 或无穷大）"
            return
    for key, name in ENDS.items():
        if case[key][2] < 0.0:
            yield f"{name}低于地面：高度 {case[key][2]:g} m"
    (x, y, _), (to_x, to_y, _) = case["source"], case["receiver"]
    if 0.0 < hypot(to_x - x, to_y - y) < LEAST_APART_M:
        yield "声源与接收点相距不到 0.1 m：坐标要用米，不能用经纬度"
    for number, building in enumerate(case.get("buildings") or [], 1):
        yield from building_faults(number, building, case)


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, int | float):
        yield float(value)


def building_faults(number: int, building: Case, case: Case) -> Iterator[str]:
    outer = Polygon(building["ring"])
    holes = [Polygon(hole) for hole in building.get("holes") or []]
    if not all(shape.is_valid and shape.area > 0.0 for shape in (outer, *holes)):
        yield f"第 {number} 栋建筑物的轮廓自相交，或不成面"
        return
    if any(not outer.covers(hole) for hole in holes):
        yield f"第 {number} 栋建筑物的内院伸出了外墙"
    if not building["height"] > 0.0:
        yield f"第 {number} 栋建筑物的高度 {building['height']:g} m 不大于 0"
    for key, name in ENDS.items():
        x, y, height = case[key]
        place = Point(x, y)
        under = outer.contains(place) and not any(hole.covers(place) for hole in holes)
        if under and height < building["height"]:
            yield f"{name}在第 {number} 栋建筑物里面，低于屋面"
