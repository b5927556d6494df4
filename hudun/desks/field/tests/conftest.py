"""A siren's plate to visit, in a running campaign of 赵巡查's street."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.inspections.models import Campaign, CampaignTask
from hudun.assets.sirens.actions import register_siren
from hudun.core import clock
from hudun.core.plate import Plate
from hudun.core.testing import Cast


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def plate(cast: Cast) -> Plate:
    siren = register_siren(
        cast.actor("li"), cast.stage.pozijie, number=1, name="五一广场", kind="electronic"
    )
    return Plate.objects.of(siren).get()


@pytest.fixture
def campaign(cast: Cast, plate: Plate) -> Campaign:
    today = clock.today()
    campaign = Campaign.objects.create(
        organ=cast.stage.tianxin, name="汛前巡查", kind="patrol", state="running",
        opens_on=today, closes_on=today + timedelta(days=20), template_slug="siren-patrol",
    )  # fmt: skip
    CampaignTask.objects.create(organ=plate.organ, plate=plate, campaign=campaign, number=1)
    return campaign


@pytest.fixture
def phone(cast: Cast) -> Client:
    """赵巡查's, logged in."""
    client = Client(headers={"Accept": "application/json"})
    client.force_login(cast.zhao)
    return client
