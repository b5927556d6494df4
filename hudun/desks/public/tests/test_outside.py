"""HUDUN_SIDE=outside: a plate is there for everybody, the office's own pages are not."""

from typing import Any

import pytest
from django.test import Client

from hudun.core.plate import Plate
from hudun.core.testing import Cast

from . import outside_urls

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside(settings: Any) -> None:
    settings.SIDE, settings.ROOT_URLCONF = "outside", outside_urls.__name__


@pytest.mark.parametrize("who", ["", "zhao", "qian"])
def test_only_what_belongs_outside(cast: Cast, plate: Plate, who: str) -> None:
    client = Client()
    if who:
        client.force_login(getattr(cast, who), "django.contrib.auth.backends.ModelBackend")
    page = client.get(plate.path)
    assert page.status_code == 200
    assert "台账" not in page.content.decode(), "its ledger is inside"
    for path in ("/p/000000000000/", "/sirens/", "/works/", "/tipoffs/", "/journal/"):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "问题编号 404" in answer.content.decode()
