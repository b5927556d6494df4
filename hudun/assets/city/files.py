"""Uploaded bytes: bounded, looked at, and put under their digest."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.geodata.formats import GEOJSON, GPKG, OSM, SHAPE, TABLE, TIFF, check_packed, format_of
from hudun.geodata.projection import GeodataError

from .models import LayerKind, file_of, folder

MB = 1024 * 1024
LARGEST = 256 * MB
HEAD = 4096
SHAPES = (GPKG, GEOJSON, SHAPE)
FORMATS = {
    LayerKind.BUILDINGS: SHAPES,
    LayerKind.TERRAIN: (TIFF,),
    LayerKind.STREETS: (*SHAPES, OSM),
    LayerKind.POPULATION: (*SHAPES, TABLE),
    LayerKind.BUILT_UP: SHAPES,
    LayerKind.AMBIENT: SHAPES,
    LayerKind.GROUND: SHAPES,
}
FORMAT_NAMES = {
    GPKG: "GeoPackage（.gpkg）",
    GEOJSON: "GeoJSON（.geojson）",
    SHAPE: "shapefile（压成 .zip）",
    TABLE: "CSV（.csv）",
    TIFF: "GeoTIFF（.tif）",
    OSM: "OpenStreetMap（.osm.pbf）",
}


@dataclass(frozen=True)
class Stored:
    name: str
    digest: str
    suffix: str
    size: int


def formats_said(kind: str) -> str:
    return "、".join(FORMAT_NAMES[one] for one in FORMATS[LayerKind(kind)])


def store(parts: Iterable[bytes], name: str, kind: str) -> Stored:
    """Judged by size, first bytes and, of a ZIP, its directory: no reader of maps runs here."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f".{new_id()}"
    try:
        with path.open("wb") as out:
            digest, size = _copy(parts, out)
        suffix = _judged(path, name, kind)
        path.replace(file_of(digest, suffix))
    finally:
        with suppress(FileNotFoundError):
            path.unlink()
    return Stored(Path(name).name[-200:], digest, suffix, size)


def _copy(parts: Iterable[bytes], out: BinaryIO) -> tuple[str, int]:
    size, digest = 0, sha256()
    for part in parts:
        size += len(part)
        if size > LARGEST:
            raise Problem("413.160", size=f"超过 {LARGEST // MB}", limit=LARGEST // MB)
        digest.update(part)
        out.write(part)
    if not size:
        raise Problem("422.162", fields={"file": "请选择文件"})
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size


def _judged(path: Path, name: str, kind: str) -> str:
    with path.open("rb") as file:
        head = file.read(HEAD)
    try:
        suffix = format_of(name, head)
        if suffix == SHAPE:
            check_packed(path)
    except GeodataError as wrong:
        raise Problem("422.160", reason=str(wrong), fields={"file": str(wrong)}) from wrong
    if suffix not in FORMATS[LayerKind(kind)]:
        said = {"kind": LayerKind(kind).label, "suffix": suffix, "formats": formats_said(kind)}
        raise Problem("422.161", **said, fields={"file": f"可以上传：{said['formats']}"})
    return suffix
