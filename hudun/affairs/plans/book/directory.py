"""The words that stand beside the numbers: names, addresses, who helps, what is dangerous."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hudun.affairs.plans.shelter_plan.points import place_of, records


@dataclass(frozen=True, slots=True)
class ShelterWords:
    name: str = ""
    address: str = ""
    keeper: str = ""
    phone: str = ""
    doors: tuple[str, ...] = ()
    """Of its entrances, in the order in which they were given."""


@dataclass(frozen=True, slots=True)
class Helper:
    name: str
    phone: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Hazard:
    name: str
    kind: str
    lon: float
    lat: float


@dataclass
class Directory:
    shelters: dict[str, ShelterWords] = field(default_factory=dict)
    helpers: dict[str, list[Helper]] = field(default_factory=dict)
    """By community."""
    hazards: list[Hazard] = field(default_factory=list)

    def shelter(self, name: str) -> ShelterWords:
        return self.shelters.get(name, ShelterWords())

    def as_json(self) -> dict[str, Any]:
        return {
            "shelters": {name: asdict(words) for name, words in self.shelters.items()},
            "helpers": {name: [asdict(one) for one in all_] for name, all_ in self.helpers.items()},
            "hazards": [asdict(one) for one in self.hazards],
        }

    @classmethod
    def of_json(cls, said: dict[str, Any]) -> Directory:
        return cls(
            {
                name: ShelterWords(**words | {"doors": tuple(words["doors"])})
                for name, words in said["shelters"].items()
            },
            {name: [Helper(**one) for one in all_] for name, all_ in said["helpers"].items()},
            [Hazard(**one) for one in said["hazards"]],
        )


def read_directory(
    shelters: Path | None = None, helpers: Path | None = None, hazards: Path | None = None
) -> Directory:
    """From the columns name, address, keeper, phone of the shelters' own file; a table `community,
    name[, phone, duty]`; a table `name, kind, lon, lat`. Rows that say nothing are left out."""
    return Directory(
        dict(_shelters(shelters)) if shelters else {},
        _helpers(helpers) if helpers else {},
        list(_hazards(hazards)) if hazards else [],
    )


def _text(record: dict[str, Any], *names: str) -> str:
    return next((str(record[name]).strip() for name in names if record.get(name)), "")


def _shelters(path: Path) -> Iterator[tuple[str, ShelterWords]]:
    for record in records(path):
        name = _text(record, "id", "编号", "工程代号")
        yield (
            name,
            ShelterWords(
                _text(record, "name", "名称"), _text(record, "address", "地址"),
                _text(record, "keeper", "联系人"), _text(record, "phone", "电话"),
            ),
        )  # fmt: skip


def _helpers(path: Path) -> dict[str, list[Helper]]:
    found: dict[str, list[Helper]] = {}
    for record in records(path):
        name = _text(record, "name", "姓名")
        if name:
            helper = Helper(name, _text(record, "phone", "电话"), _text(record, "duty", "职责"))
            found.setdefault(_text(record, "community", "社区"), []).append(helper)
    return found


def _hazards(path: Path) -> Iterator[Hazard]:
    for record in records(path):
        _, fault, spot = place_of(record)
        name = _text(record, "name", "名称")
        if name and not fault and spot[1] < 0:
            yield Hazard(name, _text(record, "kind", "类型"), *spot[0])
