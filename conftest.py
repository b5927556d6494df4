"""What every test stands on: one hypothesis profile at the desk, a repeatable one in CI;
one stage and one cast for every test that touches the office."""

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tools.migrated import keep, kept_at, start_from_kept

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from hudun.core.organ import Organ
    from hudun.core.testing import Cast, Stage

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_up_when_asked_for() -> None:
    """And not all of them by every client of every test."""
    from django.conf import settings as project

    project.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        start_from_kept(connection, kept_at())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            keep(connection, kept_at())


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
