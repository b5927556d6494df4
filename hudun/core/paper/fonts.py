"""Fonts are named by the standard, not shipped: which of those at hand stands in for each.

Search order: the office's own folder, the font packages in node_modules, the system.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from .errors import MissingGlyph, NoFont


class Face(StrEnum):
    """The faces that GB/T 9704-2012 asks for; 宋体 for the page number only."""

    FANG = "fang"
    SONG = "song"
    XIAOBIAO = "xiaobiao"
    HEI = "hei"
    KAI = "kai"


WORD_NAMES = {
    Face.FANG: "仿宋_GB2312",
    Face.SONG: "宋体",
    Face.XIAOBIAO: "方正小标宋简体",
    Face.HEI: "黑体",
    Face.KAI: "楷体_GB2312",
}

SERIF = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC")
SANS = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC")

FAMILIES = {
    Face.FANG: ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", *SERIF, *SANS),
    Face.SONG: ("SimSun", "宋体", "NSimSun", "STSong", *SERIF, *SANS),
    Face.XIAOBIAO: ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", *SERIF, *SANS),
    Face.HEI: ("SimHei", "黑体", "STHeiti", *SANS, *SERIF),
    Face.KAI: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", *SERIF, *SANS),
}
"""Best first. The office's 仿宋 and 楷体 have one weight; where a Song stands in, weight tells
the faces apart."""

WEIGHTS = {Face.FANG: 400, Face.SONG: 400, Face.XIAOBIAO: 600, Face.HEI: 500, Face.KAI: 600}

PACKAGED = (
    "noto-serif-sc/400Regular",
    "noto-serif-sc/600SemiBold",
    "noto-sans-sc/500Medium",
)


def packaged_folders(root: Path) -> Iterator[Path]:
    for name in PACKAGED:
        folder = root / "node_modules" / "@expo-google-fonts" / name
        if folder.is_dir():
            yield folder


@dataclass(frozen=True)
class FontSet:
    """What the compiler may use. Build it with `fonts_at`, once a process."""

    loaded: typst.Fonts

    @cached_property
    def families(self) -> dict[Face, list[str]]:
        known = set(self.loaded.families())
        chosen = {face: [n for n in names if n in known] for face, names in FAMILIES.items()}
        if not all(chosen.values()):
            raise NoFont
        return chosen

    def require(self, text: Iterable[str]) -> None:
        """Every character can be shown in every face, or `MissingGlyph` names those that cannot."""
        wanted = {ord(c) for part in text for c in part} - {0x0A}
        missing = set[int]().union(*(self._missing(wanted, face) for face in Face))
        if missing:
            raise MissingGlyph({chr(code) for code in missing})

    def _missing(self, wanted: set[int], face: Face) -> set[int]:
        """Reads no more fonts than it takes: a large one costs a quarter of a second."""
        left = set(wanted)
        for family in self.families[face]:
            if not left:
                break
            left -= self._characters(family)
        return left

    def _characters(self, family: str) -> frozenset[int]:
        files = {(f.path, f.index) for f in self.loaded.fonts() if f.family == family and f.path}
        return frozenset[int]().union(*(_characters(path, index) for path, index in files))


@lru_cache
def _characters(path: str, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache
def fonts_at(root: Path, own: Path | None = None, system: bool = True) -> FontSet:
    """`root` holds node_modules; `own` is the office's folder of fonts, searched first."""
    own_folders = [own] if own and own.is_dir() else []
    return FontSet(typst.Fonts(system, False, [*own_folders, *packaged_folders(root)]))
