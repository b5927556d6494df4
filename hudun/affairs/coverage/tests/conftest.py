"""A site to try things on, and who looks at it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.coverage import actions
from hudun.affairs.coverage.asking import Settings
from hudun.affairs.coverage.models import Site, Survey
from hudun.assets.city.actions import keep_layer, upload_layer
from hudun.assets.city.files import store
from hudun.assets.city.testing import LAT, LON, METRE, feature, keep, ring
from hudun.assets.city.testing import town as small_town
from hudun.assets.sirens.actions import commission, register_siren
from hudun.assets.sirens.actions import install as stand_up
from hudun.assets.sirens.models import Siren
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

from . import town

Login = Callable[[str], Client]
WHOLE: dict[str, Any] = {
    "number": "XZ-2026-01",
    "name": "白沙井社区楼顶",
    "stand": "roof",
    "position": "3 栋屋顶东南角",
    "height_m": 22.5,
    "kind": "electronic",
    "model_name": "样例 1200",
    "power_w": 1200,
    "spl30_db": 118.0,
    "address": "天心区白沙路 88 号",
    "source_datum": "CGCS2000",
    "source_lon": 112.9712,
    "source_lat": 28.1893,
    "site_name": "安居物业有限公司",
    "site_keeper": "何保管",
    "site_phone": "0731-85550001",
    "upkeep_name": "天心区人防办",
    "upkeep_keeper": "孙维护",
    "upkeep_phone": "0731-85550002",
    "grounds": "社区南部白天听不到",
    "cost_fen": 3_860_000,
    "added_people": 4200.0,
    "added_km2": 0.62,
}


@pytest.fixture
def site(cast: Cast) -> Site:
    return actions.propose_site(cast.actor("zhang"), cast.stage.baishajing, **WHOLE)


@pytest.fixture
def login(cast: Cast) -> Login:
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name), "django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> None:
    settings.CITY_DIR = tmp_path / "city"
    settings.RUNS_DIR = tmp_path / "runs"


@pytest.fixture
def grounded(cast: Cast, folders: None, tmp_path: Path) -> None:
    """天心区 with the small town as its layers and one siren."""
    clerk = cast.actor("zhang")
    for kind, path in (
        ("buildings", town.buildings(tmp_path)),
        ("population", town.population(tmp_path)),
    ):
        file = store([path.read_bytes()], path.name, kind)
        layer = upload_layer(
            clerk, cast.stage.tianxin, file=file, kind=kind, name="样例镇", source="编造",
            surveyed_on=date(2026, 1, 1), simulated=True,
        )  # fmt: skip
        assert layer.reading is not None
        run_now(layer.reading)
        layer.refresh_from_db()
        keep_layer(clerk, layer)
    lon, lat = town.lonlat(260, 760)
    siren = register_siren(
        clerk, cast.stage.pozijie, number=1, name="老北门", kind="motor", height_m=12.0,
        spl30_db=88.0, source_lon=lon, source_lat=lat,
    )  # fmt: skip
    stand_up(clerk, siren)


PEOPLE = (
    "lon,lat,population,street,community\n"
    f"{LON + 40 * METRE},{LAT + 40 * METRE},1000,坡子街街道,甲社区\n"
    f"{LON + 3000 * METRE},{LAT},500,坡子街街道,乙社区\n"
    f"{LON + 5000 * METRE},{LAT},70,远街道,丙社区\n"
)

Ask = Callable[..., Survey]


def stand(cast: Cast, number: int, x: float, y: float, level: float | None = 90.0) -> Siren:
    li = cast.actor("li")
    siren = register_siren(
        li, cast.stage.pozijie, number=number, name=f"{number}号点", kind="electronic",
        height_m=20.0, spl30_db=level, source_lon=LON + x * METRE, source_lat=LAT + y * METRE,
        source_datum="CGCS2000",
    )  # fmt: skip
    return commission(li, stand_up(li, siren))


@pytest.fixture
def ready(cast: Cast) -> Cast:
    """Two weak sirens in a town that is 3 km long, with people in three places."""
    li, tianxin = cast.actor("li"), cast.stage.tianxin
    keep(li, tianxin, small_town(feature(ring(3000, 0), height=9)), "buildings", "楼.geojson")
    keep(li, tianxin, PEOPLE.encode(), "population", "人.csv")
    stand(cast, 1, 40, 40)
    stand(cast, 2, 1500, 40)
    return cast


@pytest.fixture
def ask(ready: Cast) -> Ask:
    def make(**more: Any) -> Survey:
        settings = Settings(step=25, **more)
        survey = actions.ask_survey(
            ready.actor("li"), ready.stage.tianxin, name="坡子街图", settings=settings
        )
        run_now(survey.run)
        return Survey.objects.for_pages().get(pk=survey.pk)

    return make
