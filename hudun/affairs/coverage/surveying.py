"""A kept calculation made by the planner: from the JSON that was asked to files and figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from hudun.assets.city.models import Layer
from hudun.core.error import Problem
from hudun.core.planner import Desk
from hudun.engines.acoustics import Method
from hudun.engines.acoustics.audible import Rule
from hudun.engines.acoustics.raster import Levels
from hudun.engines.geodesy import Datum
from hudun.geodata.projection import GeodataError

from . import problems as problems
from .asking import Settings, layer_of
from .given import Asked, SirenTable, Source, checked
from .inputs import Town, gather
from .outputs import overlay, write
from .run import Result, method_for, reckon, rule_for
from .told import told

READING = 0.05


def survey(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
    settings = Settings.of(ask["settings"])
    desk.progress(0.0, "读图层")
    town = town_of(ask)
    rule, method = rules_of(town, settings)

    def tell(done: int, of: int) -> None:
        desk.progress(READING + (0.9 - READING) * done / of, f"第 {done} 台，共 {of} 台")

    tell(0, len(town.sirens))
    result = reckon(town, rule, method, desk.executor, settings.losses, tell)
    desk.progress(0.92, "写图件")
    keep(result, desk.folder)
    said = told(result, settings)
    return {**said, "inputs": [named(ask, line) for line in said["inputs"]]}


def named(ask: dict[str, Any], line: str) -> str:
    """A layer by its name: its file is named by a digest."""
    for kind in ask["layers"]:
        if (layer := layer_of(ask["layers"], kind)) is not None:
            line = line.replace(layer.path.name, f"“{layer.name}”")
    return line


def town_of(ask: dict[str, Any]) -> Town:
    try:
        return gather(asked_of(ask))
    except (GeodataError, ValueError) as wrong:
        raise Problem("422.200", reason=named(ask, str(wrong)).rstrip("。")) from wrong


def rules_of(town: Town, settings: Settings) -> tuple[Rule, Method]:
    rule = rule_for(town, settings.floor, settings.margin, settings.ambient_db)
    method = method_for(
        rule,
        celsius=settings.celsius,
        humidity=settings.humidity,
        edition=settings.edition,
        exact=settings.exact,
        reflections=settings.reflections,
    )
    return rule, method


def asked_of(ask: dict[str, Any]) -> Asked:
    settings, layers = Settings.of(ask["settings"]), ask["layers"]
    return Asked(
        table_of(ask["sirens"]),
        source(layer_of(layers, "buildings")),
        source(layer_of(layers, "terrain")),
        source(layer_of(layers, "population")),
        settings.people,
        source(layer_of(layers, "built_up")),
        source(layer_of(layers, "ambient")),
        source(layer_of(layers, "ground")),
        settings.step,
        settings.reach,
        settings.ground,
        settings.missing,
        settings.ambient_db,
        settings.night,
        lift=True,
    )


def source(layer: Layer | None) -> Source | None:
    return Source(layer.path, Datum(layer.datum)) if layer else None


def table_of(sirens: list[dict[str, Any]]) -> SirenTable:
    line = f"警报器 {len(sirens)} 台（台账，30 m 处声压级 dB(A)）"
    for word in ("高度", "声压级"):
        count = sum(word in one["assumed"] for one in sirens)
        line += f"；没有登记{word}、按设定计的 {count} 台" if count else ""
    return checked(
        SirenTable(
            [f"{one['number']} {one['name']}" for one in sirens],
            np.array([(one["lon"], one["lat"]) for one in sirens]).reshape(-1, 2),
            [float(one["height"]) for one in sirens],
            [float(one["level"]) for one in sirens],
            line,
        )
    )


def keep(result: Result, folder: Path) -> None:
    """Pictures and layers to take away, and each siren's raster for dragging."""
    write(result, folder)
    needed = result.rule.threshold(result.summed.shape)
    overlay(result.town, result.summed, needed, result.heard).save(folder / "overlay.png")
    for index, levels in enumerate(result.kept.levels):
        np.save(raster_path(folder, index), levels)


def raster_path(folder: Path, index: int) -> Path:
    return folder / f"siren-{index:04}.npy"


def kept_rasters(folder: Path, count: int) -> list[Levels]:
    """Mapped, not read: only what changes is looked at again."""
    return [np.load(raster_path(folder, index), mmap_mode="r") for index in range(count)]
