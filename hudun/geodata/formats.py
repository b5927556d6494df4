"""What a file is by its first bytes, and shapefiles unpacked from their ZIP with bounds."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .projection import GeodataError

GPKG, GEOJSON, SHAPE, TIFF, TABLE, OSM = ".gpkg", ".geojson", ".zip", ".tif", ".csv", ".pbf"
SHAPE_PARTS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})
BESIDE = frozenset({".sbn", ".sbx", ".qmd", ".xml", ".txt", ".qix", ".md", ".pdf"})
UNPACKED_MAX = 512 * 1024 * 1024
MEMBERS_MAX = 60
CHUNK = 1024 * 1024


def format_of(name: str, head: bytes) -> str:
    """The suffix by which the file is kept. The bytes must be what the name says."""
    asked = Path(name).suffix.lower()
    suffix = {".json": GEOJSON, ".tiff": TIFF, ".txt": TABLE}.get(asked, asked)
    begins: dict[str, tuple[bytes, ...]] = {
        GPKG: (b"SQLite format 3\x00",),
        SHAPE: (b"PK\x03\x04",),
        TIFF: (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    }
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    good = {
        GEOJSON: text.startswith(b"{"),
        TABLE: bool(text) and b"\x00" not in head,
        OSM: head[4:15].startswith(b"\x0a\x09OSMHeader"),
    }.get(suffix, head.startswith(begins.get(suffix, ())))
    if suffix in (".shp", ".dbf", ".shx"):
        raise GeodataError("shapefile 有好几个文件，请把它们（.shp、.shx、.dbf、.prj）压成一个 ZIP")
    if suffix not in {*begins, GEOJSON, TABLE, OSM}:
        raise GeodataError(f"不认识的格式“{asked or '没有扩展名'}”")
    if not good:
        raise GeodataError(f"扩展名是 {asked}，内容却不是")
    return suffix


def check_packed(file: Path) -> dict[str, zipfile.ZipInfo]:
    """The parts of the one shapefile in the archive by suffix, judged by its directory alone."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as wrong:
        raise GeodataError("ZIP 文件不完整或已损坏") from wrong
    members = [one for one in members if not one.filename.startswith("__MACOSX/")]
    total = sum(one.file_size for one in members)
    if len(members) > MEMBERS_MAX or total > UNPACKED_MAX:
        raise GeodataError(
            f"ZIP 解开有 {len(members)} 个文件、{total / 2**20:,.0f} MB，"
            f"最多 {MEMBERS_MAX} 个、{UNPACKED_MAX // 2**20} MB：像是压缩炸弹"
        )
    if any(one.flag_bits & 1 for one in members):
        raise GeodataError("ZIP 文件有密码，请去掉密码")
    found = {Path(one.filename).suffix.lower(): one for one in members}
    strange = set(found) - SHAPE_PARTS - BESIDE
    if strange:
        raise GeodataError(f"ZIP 里有不该有的文件（{'、'.join(sorted(strange))}）")
    shapes = [one for one in members if one.filename.lower().endswith(".shp")]
    if len(shapes) != 1 or not {".shx", ".dbf"} <= set(found):
        raise GeodataError(
            f"ZIP 里要有一套 shapefile（.shp、.shx、.dbf），现有 .shp {len(shapes)} 个"
        )
    return {suffix: one for suffix, one in found.items() if suffix in SHAPE_PARTS}


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The file itself; of a ZIP the shapefile in it, under a name of ours."""
    if path.suffix.lower() != SHAPE:
        yield path
        return
    parts = check_packed(path)
    with TemporaryDirectory(prefix="hudun-shape-") as folder, zipfile.ZipFile(path) as archive:
        for suffix, member in parts.items():
            _extract(archive, member, Path(folder) / f"{path.stem}{suffix}")
        yield Path(folder) / f"{path.stem}.shp"


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Never more than the directory promised: what is longer fails its checksum."""
    try:
        with archive.open(member) as source, target.open("wb") as out:
            while part := source.read(CHUNK):
                out.write(part)
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError) as wrong:
        raise GeodataError("ZIP 文件不完整或已损坏") from wrong
