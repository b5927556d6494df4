"""Layers to try things on."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hudun.assets.city import actions
from hudun.assets.city.files import store
from hudun.assets.city.models import Layer
from hudun.assets.city.testing import town
from hudun.core.action import Actor
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

Login = Callable[[str], Client]
Upload = Callable[..., Any]
Lay = Callable[..., Layer]


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> None:
    settings.CITY_DIR = tmp_path / "city"
    settings.RUNS_DIR = tmp_path / "runs"


@pytest.fixture
def login(cast: Cast) -> Login:
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name), "django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def upload(cast: Cast, login: Login) -> Upload:
    """By the page, as a clerk."""

    def send(body: bytes | None, name: str = "楼.geojson", who: str = "zhang", **more: Any) -> Any:
        data: dict[str, Any] = {
            "kind": "buildings", "name": "老城建筑", "source": "测绘院",
            "surveyed_on": "2026-01-01", "datum": "CGCS2000",
            "organ": str(cast.stage.tianxin.pk), **more,
        }  # fmt: skip
        if body is not None:
            data["file"] = SimpleUploadedFile(name, body)
        return login(who).post("/city/upload/", data)

    return send


@pytest.fixture
def lay(cast: Cast) -> Lay:
    """A layer that has been read; kept unless told otherwise."""

    def make(
        body: bytes | None = None, kind: str = "buildings", name: str = "楼.geojson",
        who: str = "li", keep: bool = True, **more: Any,
    ) -> Layer:  # fmt: skip
        organ = more.pop("organ", cast.stage.tianxin)
        actor = Actor.system() if who == "system" else cast.actor(who)
        file = store([body or town()], name, kind)
        known = {"name": "老城建筑", "source": "测绘院", "surveyed_on": date(2026, 1, 1), **more}
        layer = actions.upload_layer(actor, organ, file=file, kind=kind, **known)
        assert layer.reading is not None
        run_now(layer.reading)
        layer.refresh_from_db()
        return actions.keep_layer(actor, layer) if keep else layer

    return make
