"""The level map as GeoTIFF, contours as GeoJSON, a picture as PNG."""

from __future__ import annotations

import json
from pathlib import Path

import contourpy
import numpy as np
import rasterio
from PIL import Image, ImageDraw
from rasterio.transform import from_origin

from hudun.engines.acoustics.raster import Levels

from .crowd import Mask
from .inputs import Town
from .run import Result

CONTOURS_DB = (55.0, 60.0, 65.0, 70.0, 75.0, 80.0, 90.0, 100.0)
COLOURS = ((222, 235, 247), (158, 202, 225), (107, 174, 214), (49, 130, 189), (8, 81, 156))
"""By 5 dB above the threshold."""
SILENT, HOUSE, HOUSE_EDGE, SIREN = (253, 224, 200), (150, 150, 150), (110, 110, 110), (200, 0, 0)
PICTURE_PX = 1400
SILENT_MAP, HATCHING = (246, 173, 118), (160, 60, 10, 235)
OPAQUE, HATCH = 185, 4
HATCH_DARK = (176, 108, 60)


def write(result: Result, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "levels.tif", folder / "contours.geojson", folder / "coverage.png"]
    write_tiff(result, paths[0])
    write_contours(result, paths[1])
    drawn = picture(result)
    drawn.save(paths[2], optimize=True)
    drawn.resize((drawn.width // 2, drawn.height // 2)).save(folder / "print.png", optimize=True)
    return paths


def write_tiff(result: Result, path: Path) -> None:
    grid = result.town.grid
    north = grid.south + grid.rows * grid.step
    levels = np.where(result.town.indoors, np.nan, result.summed)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=grid.columns,
        height=grid.rows,
        count=1,
        dtype="float32",
        crs=result.town.plane.crs.to_wkt(),
        transform=from_origin(grid.west, north, grid.step, grid.step),
        nodata=np.nan,
        compress="deflate",
    ) as target:
        target.write(levels[::-1].astype(np.float32), 1)
        target.set_band_description(1, "dB(A)")


def write_contours(result: Result, path: Path) -> None:
    """Lines of equal level, longitudes and latitudes (CGCS2000)."""
    grid = result.town.grid
    x = grid.west + (np.arange(grid.columns) + 0.5) * grid.step
    y = grid.south + (np.arange(grid.rows) + 0.5) * grid.step
    lines = contourpy.contour_generator(x, y, result.summed)
    features = [
        {
            "type": "Feature",
            "properties": {"dB": level},
            "geometry": {
                "type": "LineString",
                "coordinates": result.town.plane.degrees(np.asarray(points)).round(6).tolist(),
            },
        }
        for level in CONTOURS_DB
        for points in lines.lines(level)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection), encoding="utf-8")


def picture(result: Result) -> Image.Image:
    """Blue: heard, darker every 5 dB; sand: not heard; grey: buildings; red: sirens."""
    grid = result.town.grid
    above = result.summed - result.rule.threshold(result.summed.shape)
    shades = np.array([SILENT, *COLOURS], np.uint8)
    step = np.clip(np.floor(above / 5.0) + 1, 0, len(COLOURS)).astype(int)
    image = Image.fromarray(shades[step][::-1])
    scale = PICTURE_PX / max(image.size)
    size = (round(image.width * scale), round(image.height * scale))
    image = hatched(image.resize(size, Image.Resampling.NEAREST))
    draw_town(ImageDraw.Draw(image), result.town, scale / grid.step, size[1])
    return image


def hatched(image: Image.Image) -> Image.Image:
    """Lines over what is not heard: it can be read without colour."""
    pixels = np.array(image)
    silent = (pixels == np.array(SILENT, np.uint8)).all(axis=2)
    rows, columns = np.indices(silent.shape)
    pixels[silent & ((rows + columns) % 14 < 3)] = HATCH_DARK
    return Image.fromarray(pixels)


def overlay(town: Town, summed: Levels, needed: Levels, heard: Mask) -> Image.Image:
    """For a map, a pixel a cell: colours as in the picture, buildings and all outside the built-up
    area left out; what is not heard is hatched, so that colour is not the only sign."""
    above = np.floor((summed - needed) / 5.0) + 1
    step = np.where(heard, np.clip(np.nan_to_num(above), 1, len(COLOURS)), 0).astype(int)
    shades = np.array([(*shade, OPAQUE) for shade in (SILENT_MAP, *COLOURS)], np.uint8)
    pixels = shades[step]
    rows, columns = np.indices(heard.shape)
    pixels[~heard & ((rows + columns) % HATCH == 0)] = HATCHING
    pixels[town.indoors | ~town.built_up] = 0
    return Image.fromarray(pixels[::-1])


def draw_town(draw: ImageDraw.ImageDraw, town: Town, per_metre: float, height: int) -> None:
    corner = np.array([town.grid.west, town.grid.south])
    for ring in town.rings:
        points = (ring - corner) * per_metre
        draw.polygon([(x, height - y) for x, y in points], fill=HOUSE, outline=HOUSE_EDGE)
    for siren in town.sirens:
        x, y = (np.array([siren.x, siren.y]) - corner) * per_metre
        draw.ellipse([x - 7, height - y - 7, x + 7, height - y + 7], fill=SIREN, outline="white")
