"""A work to try things on."""

from collections.abc import Callable

import pytest
from django.test import Client

from hudun.affairs.works import actions
from hudun.affairs.works.models import Material, Work
from hudun.core.testing import Cast

Login = Callable[[str], Client]


@pytest.fixture
def work(cast: Cast) -> Work:
    return actions.open_work(
        cast.actor("li"),
        cast.stage.baishajing,
        number="XJ-2026-01",
        name="白沙井社区二期地下车库",
        kind="basement",
        built_m2=3200.0,
        required_m2=3000.0,
        developer="长沙某置业有限公司",
        address="天心区白沙路 88 号",
        owner_name="长沙某置业有限公司",
        maintainer_name="安居物业有限公司",
    )


@pytest.fixture
def hand_in(cast: Cast, work: Work) -> Callable[..., None]:
    """Everything that a stage asks for, on paper; but not what is named."""

    def all_of(stage: str, *but: str) -> None:
        for material in Material.objects.of(work).filter(stage=stage, required=True):
            if material.title not in but:
                actions.receive_material(cast.actor("li"), material)

    return all_of


@pytest.fixture
def login(cast: Cast) -> Login:
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name), "django.contrib.auth.backends.ModelBackend")
        return client

    return enter
