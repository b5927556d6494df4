"""A site to try things on, and who looks at it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.coverage import actions
from hudun.affairs.coverage.models import Site
from hudun.core.testing import Cast

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
