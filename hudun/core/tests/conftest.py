"""A database that other processes can reach."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from hudun.core.testing import make_stage
from hudun.core.tests.other_process import python

STAGE = """
import django
django.setup()
from hudun.core.testing import make_stage
make_stage()
"""


@pytest.fixture
def shared_database(tmp_path: Path, transactional_db: None) -> Iterator[dict[str, str]]:
    """The environment of a process that works on it; the stage is in it."""
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        url = f"postgresql://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}"
        make_stage()
        yield {**os.environ, "DATABASE_URL": f"{url}/{own['NAME']}", "HUDUN_VAR": str(tmp_path)}
        return
    environment = {**os.environ, "HUDUN_VAR": str(tmp_path)}
    python(environment, "-m", "django", "migrate", "-v0")
    python(environment, "-c", STAGE)
    yield environment
