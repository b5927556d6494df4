"""Single source–receiver cases in the JSON form of docs/acoustics-cases.md, reckoned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from hudun.engines.acoustics import (
    Emission,
    Method,
    Receivers,
    Scene,
    Terrain,
    absorption,
    band_levels,
    octave_absorption,
    scene,
    total,
)
from hudun.engines.acoustics.bands import MIDBAND_HZ, NOMINAL_HZ, WEIGHTINGS, Floats
from hudun.engines.acoustics.levels import factors_at
from hudun.engines.acoustics.scene import FLAT, HARD, WINDOWED

from .case_checks import Case, faults

METHODS = {"7.3.1": True, "7.3.2": False}
FAR_M = 1e6
TOLERANCE_DB = 0.05


class BadCase(ValueError):
    """What is wrong with a case, and where."""


@dataclass(frozen=True)
class Line:
    """One value beside the one expected (None: the file gives none)."""

    what: str
    value: float
    expected: float | None
    tolerance: float

    @property
    def deviation(self) -> float | None:
        return None if self.expected is None else self.value - self.expected

    @property
    def agrees(self) -> bool:
        """A hair is allowed for the rounding of printed values in binary."""
        return self.expected is None or abs(self.value - self.expected) <= self.tolerance + 1e-9


@dataclass(frozen=True)
class Result:
    name: str
    title: str
    lines: tuple[Line, ...]

    @property
    def agrees(self) -> bool:
        return all(line.agrees for line in self.lines)


class Profile:
    """Ground height along the path in plan, from source to receiver."""

    def __init__(self, case: Case) -> None:
        (self.x, self.y, _), (to_x, to_y, _) = case["source"], case["receiver"]
        self.dx, self.dy = to_x - self.x, to_y - self.y
        self.plan = float(np.hypot(self.dx, self.dy))
        given = np.asarray(case.get("terrain") or [[0.0, 0.0]], float)
        self.along, self.heights = given[:, 0], given[:, 1]
        if (np.diff(self.along) < 0.0).any():
            raise BadCase("terrain: distances must not fall")

    def at(self, along: float) -> float:
        return float(np.interp(along, self.along, self.heights))

    def under(self, x: float, y: float) -> float:
        """Ground height at the foot of the perpendicular on the path."""
        if self.plan == 0.0:
            return self.at(0.0)
        return self.at(((x - self.x) * self.dx + (y - self.y) * self.dy) / self.plan)

    def terrain(self) -> Terrain:
        if len(self.along) < 2:
            return FLAT
        return FLAT._replace(along=self.along, profile=self.heights)


def reckon(case: Case) -> Floats:
    """Level per octave band (8), dB."""
    for fault in faults(case):
        raise BadCase(fault)
    profile = Profile(case)
    found = case_scene(case, profile)
    x, y, height = map(float, case["source"])
    power = 10.0 ** (0.1 * np.asarray(case["Lw"], float))
    if power.shape != NOMINAL_HZ.shape:
        raise BadCase(f"Lw: eight octave bands are wanted, not {power.size}")
    emitted = Emission(x, y, profile.at(0.0) + height, height, power, np.zeros((0, 0)))
    at = case_receiver(case, profile, found)
    levels: Floats = band_levels(emitted, at, found, case_method(case))[0]
    return levels


def case_receiver(case: Case, profile: Profile, found: Scene) -> Receivers:
    x, y, height = map(float, case["receiver"])
    points = np.array([[x, y, profile.at(profile.plan) + height]])
    return Receivers(points, np.array([height]), factors_at(found.ground, points[:, :2]))


def case_method(case: Case) -> Method:
    if case["method"] not in METHODS:
        raise BadCase(f"method: {case['method']!r} is none of {', '.join(METHODS)}")
    air = case["air"]
    return Method(
        celsius=float(air["t"]),
        humidity=float(air["rh"]),
        kpa=float(air.get("kPa", 101.325)),
        general=METHODS[case["method"]],
        edition=int(case["edition"]),
        negligible=0.0,
        reflections=bool(case.get("reflections", False)),
    )


def case_scene(case: Case, profile: Profile) -> Scene:
    buildings = []
    for building in case.get("buildings") or []:
        ring = np.asarray(building["ring"], float)
        holes = [np.asarray(hole, float) for hole in building.get("holes") or []]
        base = float(np.mean([profile.under(x, y) for x, y in ring]))
        buildings.append(([ring, *holes], base + float(building["height"])))
    barriers = [
        standing(np.asarray(upper_edge(barrier), float), profile)
        for barrier in case.get("barriers") or []
    ]
    areas = [(strip(stretch["x"]), float(stretch["G"])) for stretch in case.get("ground") or []]
    shares = reflections(case, profile) if case.get("reflections") else None
    return scene(buildings, barriers, profile.terrain(), areas, reflection=shares)


def upper_edge(barrier: Any) -> Any:
    return barrier["points"] if isinstance(barrier, dict) else barrier


def reflections(case: Case, profile: Profile) -> list[float | Floats]:
    """ρ of every building, then of every barrier."""
    if profile.heights.min() < profile.heights.max():
        raise BadCase("reflections: the terrain is given along the direct path only")
    buildings, barriers = case.get("buildings") or [], case.get("barriers") or []
    shares = [reflection(one, WINDOWED) for one in buildings]
    return shares + [reflection(one if isinstance(one, dict) else {}, HARD) for one in barriers]


def reflection(obstacle: Case, otherwise: float) -> float | Floats:
    """One value or one per band: rho, or alpha = 1 − ρ."""
    if "rho" in obstacle and "alpha" in obstacle:
        raise BadCase("rho and alpha say the same: give one")
    rho = np.asarray(obstacle.get("rho", otherwise), float)
    if "alpha" in obstacle:
        rho = 1.0 - np.asarray(obstacle["alpha"], float)
    if rho.shape not in ((), NOMINAL_HZ.shape):
        raise BadCase(f"rho, alpha: one value or eight are wanted, not {rho.size}")
    return float(rho) if rho.ndim == 0 else rho


def standing(points: Floats, profile: Profile) -> Floats:
    """The barrier with its upper edge above the datum. The ground is known along the path only:
    a piece that the path crosses stands on the ground there, as one barrier with the others."""
    lifted = points.copy()
    crossed = False
    for index in range(len(points) - 1):
        along = crossing(points[index], points[index + 1], profile)
        if along is not None:
            crossed = True
            lifted[index : index + 2, 2] = points[index : index + 2, 2] + profile.at(along)
    if not crossed:
        lifted[:, 2] += [profile.under(x, y) for x, y in points[:, :2]]
    return lifted


def crossing(a: Floats, b: Floats, profile: Profile) -> float | None:
    """Distance along the path at which it crosses the piece from a to b."""
    step = b[:2] - a[:2]
    denominator = profile.dx * step[1] - profile.dy * step[0]
    if denominator == 0.0:
        return None
    x, y = a[0] - profile.x, a[1] - profile.y
    at = (x * step[1] - y * step[0]) / denominator
    share = (x * profile.dy - y * profile.dx) / denominator
    return at * profile.plan if 0.0 < at < 1.0 and 0.0 <= share <= 1.0 else None


def strip(stretch: list[float]) -> Floats:
    """A stretch of x as an area that reaches far beyond the path in y."""
    low, high = map(float, stretch)
    if not low < high:
        raise BadCase(f"ground: x from {low} to {high} is no stretch")
    return np.array([[low, -FAR_M], [high, -FAR_M], [high, FAR_M], [low, FAR_M]])


def compare(case: Case) -> Result:
    levels = reckon(case)
    weighted = levels + WEIGHTINGS["A"]
    expect = case.get("expect") or {}
    allowed = float(case.get("tolerance", TOLERANCE_DB))
    lines = [
        *band_lines("Lp", levels, expect.get("Lp"), allowed),
        *band_lines("LA", weighted, expect.get("LA"), allowed),
        Line("total_dB", total(levels), expect.get("total_dB"), allowed),
        Line("total_dBA", total(levels, "A"), expect.get("total_dBA"), allowed),
    ]
    return Result(str(case["id"]), str(case.get("title", "")), tuple(lines))


def band_lines(
    what: str, levels: Floats, expected: list[float | None] | None, allowed: float
) -> Iterator[Line]:
    wanted = expected or [None] * len(levels)
    for hz, value, want in zip(NOMINAL_HZ, levels, wanted, strict=True):
        yield Line(f"{what} {hz:.0f} Hz", float(value), want, allowed)


def compare_absorption(rows: list[list[float]]) -> Result:
    """Rows of (°C, %, nominal Hz, dB/km): agree within the printed rounding."""
    lines = []
    for celsius, humidity, hz, printed in rows:
        exact = 1000.0 * 10.0 ** (round(10.0 * np.log10(hz / 1000.0)) / 10.0)
        value = 1000.0 * float(absorption(np.array([exact]), celsius, humidity, 101.325)[0])
        what = f"α {celsius:g} °C {humidity:g} % {hz:g} Hz"
        lines.append(Line(what, value, printed, rounding(printed)))
    return Result("iso9613_1", "ISO 9613-1, dB/km", tuple(lines))


def compare_table2(rows: list[Case]) -> Result:
    """ISO 9613-2 rounded the three digits printed by ISO 9613-1 once more: so do we."""
    lines = []
    for row in rows:
        values = 1000.0 * octave_absorption(row["temp_c"], row["rh_pct"])
        for hz, value, printed in zip(MIDBAND_HZ, values, row["alpha_db_km"], strict=True):
            what = f"α {row['temp_c']:g} °C {row['rh_pct']:g} % {hz:.0f} Hz"
            digits = float(f"{value:.3g}")
            lines.append(Line(what, digits, printed, max(0.05, rounding(printed))))
    return Result("iso9613_2_table2", "ISO 9613-2, Table 2, dB/km", tuple(lines))


def rounding(printed: float) -> float:
    """Half of the last of three printed digits."""
    return float(0.5 * 10.0 ** (np.floor(np.log10(abs(printed))) - 2))
