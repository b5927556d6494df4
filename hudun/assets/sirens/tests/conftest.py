"""Sirens to try things on, and people to try them."""

from collections.abc import Callable

import pytest
from django.test import Client

from hudun.assets.sirens import actions
from hudun.assets.sirens.models import Siren
from hudun.core.testing import Cast

MakeSiren = Callable[..., Siren]
Login = Callable[[str], Client]


@pytest.fixture
def make_siren(cast: Cast) -> MakeSiren:
    def make(number: int, **fields: object) -> Siren:
        site = fields.pop("organ", cast.stage.pozijie)
        known = {"name": f"警报器{number}", "kind": "electronic", **fields}
        return actions.register_siren(cast.actor("li"), site, number=number, **known)  # type: ignore[arg-type]

    return make


@pytest.fixture
def siren(make_siren: MakeSiren) -> Siren:
    return make_siren(1)


@pytest.fixture
def in_service(cast: Cast, siren: Siren) -> Siren:
    chief = cast.actor("li")
    return actions.commission(chief, actions.install(chief, siren))


@pytest.fixture
def login(cast: Cast) -> Login:
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name), "django.contrib.auth.backends.ModelBackend")
        return client

    return enter
