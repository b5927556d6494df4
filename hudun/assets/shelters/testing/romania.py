"""5,769 real shelters (README.md beside this file) as a clerk's sheet would have them."""

import csv
from pathlib import Path
from typing import NamedTuple

from hudun.core.ledger.sheet import Heading, write
from hudun.core.organ import Organ, OrganKind

FILE = Path(__file__).with_name("shelters_romania.csv")
EAST = 85
"""Degrees by which everything is moved, because the register refuses places outside China."""
CONDITION = {"green": "良好", "orange": "一般", "red": "较差", "0": "未知"}
HEADINGS = ("工程编号", "名称", "类型", "可掩蔽人数", "工程状况", "所在街镇社区", "地址", "经度",
            "纬度", "备注")  # fmt: skip


class Row(NamedTuple):
    """One line of the sheet; None where the source has no figure."""

    number: str
    name: str
    kind: str
    capacity: int | None
    condition: str
    county: str
    address: str
    lon: float | None
    lat: float | None
    remark: str


def rows(limit: int | None = None) -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [_row(each) for each in csv.DictReader(file)][:limit]


def _row(source: dict[str, str]) -> Row:
    lon, lat = float(source["lon"]), float(source["lat"])
    known = (lon, lat) != (0, 0)
    return Row(
        source["id"],
        source["address"][:100],
        "其他",
        int(source["capacity"]) or None,
        CONDITION[source["status"]],
        source["county"],
        f"{source['town']} {source['address']}"[:200],
        round(lon + EAST, 6) if known else None,
        lat if known else None,
        source["type"],
    )


def plant_counties(district: Organ) -> dict[str, Organ]:
    """A 街道 below the district for each county."""
    counties = sorted({row.county for row in rows()})
    plant = Organ.objects.plant
    return {
        county: plant(
            OrganKind.SUBDISTRICT, county, code=f"{district.code}{600 + i}", parent=district
        )
        for i, county in enumerate(counties)
    }


def workbook(found: list[Row]) -> bytes:
    return write("人防工程", [Heading(label) for label in HEADINGS], found)
