"""A search as JSON, as GeoJSON for the map, and as a picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import shapely
from PIL import Image, ImageDraw
from rasterio.features import shapes
from rasterio.transform import from_origin

from hudun.affairs.coverage.outputs import HOUSE, HOUSE_EDGE, SILENT
from hudun.affairs.coverage.said import ambient_said
from hudun.engines.acoustics.audible import Figures, Mask
from hudun.engines.acoustics.bands import Floats

from .brief import MEASURES, Brief
from .judge import Gain
from .search import Found, Judged

HEARD, GAINED, STANDING, NEW = (158, 202, 225), (120, 190, 120), (8, 81, 156), (200, 0, 0)
COLOURS = {"heard": "#3182bd", "gained": "#2f9e44", "silent": "#d9730d", "zone": "#c92a2a"}
PICTURE_PX = 1400
SIMPLE = 0.7
"""Of a cell: how far a line of the map may stray."""


def answer(found: Found) -> dict[str, Any]:
    """Everything the page shows."""
    chosen, brief = found.chosen, found.brief
    return {
        "what": brief.whole,
        "measure": MEASURES[brief.measure],
        "lines": [*found.place.lines, *found.pool.lines, *rules(found)],
        "candidates": len(found.pool),
        "standing": len(found.place.sirens),
        "value": chosen.answer.value,
        "value_words": value_words(brief, chosen.answer.value),
        "bound": chosen.answer.bound,
        "bound_words": value_words(brief, chosen.answer.bound),
        "gap": chosen.answer.gap,
        "proved": chosen.answer.gap < 1e-6,
        "solve_seconds": round(chosen.answer.seconds, 2),
        "seconds": round(found.seconds, 1),
        "base": chosen.base,
        "total": float(found.field.weight(brief.measure).sum()),
        "curve": [
            [count, value, bound, curve_words(brief, value)] for count, value, bound in chosen.curve
        ],
        "before": plain(found.before),
        "choices": [choice(found, one) for one in found.judged],
        "remark": remark(found),
        "outside": found.field.outside,
        "zones": [zone(found, one.x, one.y, one.people, one.area_m2) for one in found.zones],
    }


def value_words(brief: Brief, value: float) -> str:
    """The value of the objective."""
    if brief.objective != "fewest":
        return curve_words(brief, value)
    return f"{value / 100:,.2f} 元" if brief.cheapest else f"{value:.0f} 台"


def curve_words(brief: Brief, value: float) -> str:
    if brief.objective == "worst":
        return f"最差处比可闻限{'低' if value > 0 else '高'} {abs(value):.1f} dB"
    return f"{value:,.0f} 人" if brief.measure == "people" else f"{value / 1e6:.3f} km²"


def more_words(brief: Brief, more: float) -> str:
    """What one siren more is worth."""
    if brief.objective == "worst":
        return f"{-more:+.1f} dB"
    return f"{more:+,.0f} 人" if brief.measure == "people" else f"{more / 1e6:+.3f} km²"


def share_words(share: float) -> str:
    """Never 100 % while something is missing."""
    text = f"{share:.1%}"
    return "99.9%" if text == "100.0%" and share < 1.0 else text


def remark(found: Found) -> str:
    """What is said when the sums miss what the choice promised, or fewer sirens do as much."""
    brief, best = found.brief, found.judged[0]
    share = best.after.people_share if brief.measure == "people" else best.after.area_share
    if brief.objective == "fewest" and share < brief.share:
        return (
            f"挑选时达到 {brief.share:.1%}，全部能量相加后只有 {share_words(share)}："
            "请提高目标、缩小粗网格，或改用声学计算的覆盖"
        )
    free = brief.objective == "cover" and brief.budget_fen is None
    if free and len(best.choice.sites) < brief.new:
        count = len(best.choice.sites)
        if not count:
            return "在这些候选点新装都不增加：已经够了，或要换候选点"
        return f"装 {count} 台就到了这些候选点的最多，再多不增加"
    return ""


def rules(found: Found) -> list[str]:
    brief = found.brief
    how = (
        "单台声级（粗网格，不计侧向绕射）与现有能量相加"
        if brief.sets == "sound"
        else "120号公式半径"
    )
    return [
        f"新警报器 30 m 处 {brief.level:g} dB(A)，频谱为假定（500 Hz 及其谐波）",
        f"听得到：声级 ≥ max({brief.floor:g}, 环境 {ambient_said(found.field.rule)}"
        f" + {brief.margin:g}) dB(A)",
        *found.field.said,
        f"挑选时的覆盖：{how}，网格 {brief.coarse:g} m；120号公式 Lz {brief.losses:g} dB",
        "报出的数：全部警报器能量相加，GB/T 17247.2，"
        f"网格 {found.field.grid.step:g} m，听者高 1.5 m",
    ]


def plain(given: Figures) -> dict[str, Any]:
    return {
        "built_up_m2": given.built_up_m2,
        "covered_m2": given.covered_m2,
        "area_share": given.area_share,
        "people": given.people,
        "hearing": given.hearing,
        "people_share": given.people_share,
        "twice": float(sum(given.overlap[2:])),
    }


def worth(gain: Gain) -> dict[str, float]:
    return {"people": gain.people, "km2": gain.m2 / 1e6}


def choice(found: Found, one: Judged) -> dict[str, Any]:
    lonlat = found.place.plane.degrees(found.pool.at[[w.site for w in one.worths]])
    sites = [
        {
            "name": found.pool.names[w.site],
            "lon": round(float(lon), 6),
            "lat": round(float(lat), 6),
            "height": float(found.pool.heights[w.site]),
            "roof": float(found.pool.roofs[w.site]),
            "cost_fen": None if found.pool.cost[w.site] < 0 else int(found.pool.cost[w.site]),
            "alone": worth(w.alone),
            "last": worth(w.last),
        }
        for w, (lon, lat) in zip(one.worths, lonlat, strict=True)
    ]
    return {
        "sites": sites,
        "value": one.choice.value,
        "after": plain(one.after),
        "gain": worth(one.gain),
        "cost_fen": one.cost_fen,
    }


def zone(found: Found, x: float, y: float, people: float, m2: float) -> dict[str, float]:
    lon, lat = found.place.plane.degrees(np.array([[x, y]]))[0]
    return {"lon": round(lon, 5), "lat": round(lat, 5), "people": people, "m2": m2}


def write(found: Found, folder: Path) -> list[Path]:
    """answer.json, areas-N.geojson and points-N.geojson of every choice, siting.png of the best."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "answer.json", folder / "siting.png"]
    paths[0].write_text(json.dumps(answer(found), ensure_ascii=False), encoding="utf-8")
    picture(found).save(paths[1], optimize=True)
    for number, one in enumerate(found.judged, 1):
        for name, features in (("areas", areas(found, one)), ("points", points(found, one))):
            path = folder / f"{name}-{number}.geojson"
            made = {"type": "FeatureCollection", "features": features}
            path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
            paths.append(path)
    return paths


def masks(found: Found, one: Judged) -> dict[str, tuple[str, Mask]]:
    field = found.field
    before, after = found.judge.heard(()), found.judge.heard(one.choice.sites)
    inside = field.ground | field.indoors
    return {
        "heard": ("现在听得到", before & inside),
        "gained": ("选址后新增", after & ~before & inside),
        "silent": ("仍听不到", ~after & field.ground),
    }


def areas(found: Found, one: Judged) -> list[dict[str, Any]]:
    made = []
    for key, (name, mask) in masks(found, one).items():
        outline = outlined(found, mask)
        if not shapely.is_empty(outline):
            made.append(feature(outline, name=name, color=COLOURS[key]))
    for number, ring in enumerate(found.brief.zones, 1):
        made.append(feature(shapely.Polygon(ring), name=f"避开区 {number}", color=COLOURS["zone"]))
    return made


def outlined(found: Found, mask: Mask) -> shapely.Geometry:
    grid = found.field.grid
    corner = from_origin(grid.west, grid.south + grid.rows * grid.step, grid.step, grid.step)
    drawn = np.ascontiguousarray(mask[::-1].astype(np.uint8))
    parts = [shapely.geometry.shape(one) for one, _ in shapes(drawn, drawn > 0, 4, corner)]
    if not parts:
        return shapely.MultiPolygon()
    whole = shapely.simplify(shapely.multipolygons(parts), grid.step * SIMPLE)
    degrees = found.place.plane.degrees
    made: Any = shapely.transform(whole, lambda xy: degrees(xy).round(6))
    return cast("shapely.Geometry", made)


def points(found: Found, one: Judged) -> list[dict[str, Any]]:
    taken = [w.site for w in one.worths]
    others = [i for i in range(len(found.pool)) if i not in set(taken)]
    made = [
        feature(at, note=found.pool.names[i], mark="idle", state="候选")
        for i, at in zip(others, spots(found, found.pool.at[others]), strict=True)
    ]
    standing = np.array([(s.x, s.y) for s in found.place.sirens]).reshape(-1, 2)
    made += [
        feature(at, name=name, mark="ok", state="现有")
        for name, at in zip(found.place.names, spots(found, standing), strict=True)
    ]
    for order, (w, at) in enumerate(
        zip(one.worths, spots(found, found.pool.at[taken]), strict=True), 1
    ):
        note = f"单独新增 {w.alone.people:,.0f} 人、{w.alone.m2 / 1e6:.3f} km²"
        name = f"新 {order} {found.pool.names[w.site]}"
        made.append(feature(at, name=name, mark="bad", state="选中", note=note))
    return made


def spots(found: Found, at: Floats) -> list[shapely.Point]:
    if not len(at):
        return []
    return [shapely.Point(lonlat) for lonlat in found.place.plane.degrees(at).round(6)]


def feature(geometry: shapely.Geometry, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }


def picture(found: Found) -> Image.Image:
    """Blue: heard now; green: gained; sand: still not; grey: buildings; dots: standing; crosses:
    new."""
    best = found.judged[0]
    before, after = found.judge.heard(()), found.judge.heard(best.choice.sites)
    shades = np.array([SILENT, HEARD, GAINED], np.uint8)
    image = Image.fromarray(shades[np.where(before, 1, np.where(after, 2, 0))][::-1])
    scale = PICTURE_PX / max(image.size)
    size = (round(image.width * scale), round(image.height * scale))
    image = image.resize(size, Image.Resampling.NEAREST)
    draw(ImageDraw.Draw(image), found, scale / found.field.grid.step, size[1])
    return image


def draw(on: ImageDraw.ImageDraw, found: Found, per_metre: float, height: int) -> None:
    grid, place = found.field.grid, found.place
    corner = np.array([grid.west, grid.south])
    for ring in place.buildings.rings if place.buildings else []:
        pixels = (ring - corner) * per_metre
        on.polygon([(x, height - y) for x, y in pixels], fill=HOUSE, outline=HOUSE_EDGE)
    for siren in place.sirens:
        x, y = (np.array([siren.x, siren.y]) - corner) * per_metre
        on.ellipse([x - 8, height - y - 8, x + 8, height - y + 8], fill=STANDING, outline="white")
    for one in found.judged[0].worths:
        x, y = (found.pool.at[one.site] - corner) * per_metre
        for width, colour in ((13, "white"), (7, NEW)):
            on.line([x - 11, height - y - 11, x + 11, height - y + 11], colour, width)
            on.line([x - 11, height - y + 11, x + 11, height - y - 11], colour, width)
