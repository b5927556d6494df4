"""Plates to visit: those of sirens, which need nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hudun.assets.shelters.actions import register_shelter
from hudun.assets.sirens.actions import register_siren
from hudun.core.plate import Plate
from hudun.core.testing import Cast

MakePlate = Callable[..., Plate]
Login = Callable[[str], Client]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture
def make_plate(cast: Cast) -> MakePlate:
    def make(number: int, **fields: Any) -> Plate:
        site = fields.pop("organ", cast.stage.pozijie)
        who = fields.pop("by", "li")
        siren = register_siren(
            cast.actor(who), site, number=number, name=f"{number} 号", kind="electronic"
        )
        return Plate.objects.of(siren).get()

    return make


@pytest.fixture
def plate(make_plate: MakePlate) -> Plate:
    return make_plate(1)


@pytest.fixture
def shelter(cast: Cast) -> Plate:
    """Of 3,000 m², kept by 甲物业."""
    made = register_shelter(
        cast.actor("li"), cast.stage.pozijie, number="RF-1", name="一号工程", kind="basement",
        maintainer_name="甲物业", built_m2=3000.0,
    )  # fmt: skip
    return Plate.objects.of(made).get()


@pytest.fixture
def login(cast: Cast) -> Login:
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name), "django.contrib.auth.backends.ModelBackend")
        return client

    return enter
