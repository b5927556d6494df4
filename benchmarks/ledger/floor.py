"""An office with N shelters: the real ones, over and over, each time moved a little."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.core.management import call_command
from django.db import connection
from django.test import Client

from hudun.assets.shelters.models import Category, Condition, PeaceUse, Shelter, ShelterKind
from hudun.assets.shelters.testing import Row, plant_counties, rows
from hudun.core.organ import Organ, User
from hudun.core.testing import Cast, make_cast, make_stage

BACKEND = "django.contrib.auth.backends.ModelBackend"
BATCH = 2000
SAID = {label: value for value, label in Condition.choices}


@dataclass(frozen=True)
class Office:
    cast: Cast
    streets: dict[str, Organ]

    @property
    def clerk(self) -> User:
        return self.cast.zhang

    def client(self) -> Client:
        client = Client(headers={"host": "localhost"})
        client.force_login(self.clerk, BACKEND)
        return client


def office() -> Office:
    call_command("migrate", verbosity=0)
    cast = make_cast(make_stage())
    return Office(cast, plant_counties(cast.stage.tianxin))


def fill(made: Office, numbers: range) -> None:
    """Straight into the table: what is timed is reading."""
    shelters = _shelters(made, numbers)
    while batch := list(islice(shelters, BATCH)):
        Shelter.objects.bulk_create(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _shelters(made: Office, numbers: range) -> Iterator[Shelter]:
    chance, real = random.Random(1), rows()
    for i in numbers:
        yield _shelter(made, real[i % len(real)], i, chance)


def _shelter(made: Office, row: Row, i: int, chance: random.Random) -> Shelter:
    placed = row.lon is not None and row.lat is not None
    lon, lat = (
        (row.lon + chance.gauss(0, 0.02), row.lat + chance.gauss(0, 0.02))  # type: ignore[operator]
        if placed
        else (None, None)
    )
    return Shelter(
        organ=made.streets[row.county],
        office=made.cast.stage.tianxin,
        number=f"{row.number}-{i}",
        name=row.name,
        kind=chance.choice(ShelterKind.values),
        category=chance.choice(Category.values),
        peace_use=chance.choice(PeaceUse.values),
        condition=SAID[row.condition],
        capacity=row.capacity,
        address=row.address,
        source_lon=lon,
        source_lat=lat,
        lon=lon,
        lat=lat,
        maintainer_name=f"物业{i % 400}",
    )
