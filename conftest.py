"""What every test stands on: one hypothesis profile at the desk, a repeatable one in CI;
one stage and one cast for every test that touches the office."""

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from hudun.core.organ import Organ
    from hudun.core.testing import Cast, Stage

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture
def stage(db: None) -> "Stage":
    from hudun.core.testing import make_stage

    return make_stage()


@pytest.fixture
def cast(stage: "Stage") -> "Cast":
    from hudun.core.testing import make_cast

    return make_cast(stage)


@pytest.fixture
def district(stage: "Stage") -> "Organ":
    return stage.tianxin
