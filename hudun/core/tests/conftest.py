"""A database that other processes can reach."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from hudun.core.testing import make_stage
from hudun.core.tests.other_process import python
from tools.migrated import empty_office

STAGE = """
import django
django.setup()
from hudun.core.testing import make_stage
make_stage()
"""


@pytest.fixture(scope="session")
def ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the stage in it, made once and copied."""
    folder = tmp_path_factory.mktemp("ready")
    environment = {**os.environ, "HUDUN_VAR": str(folder)}
    empty_office(folder)
    python(environment, "-c", STAGE)
    return folder / "hudun.sqlite3"


@pytest.fixture
def shared_database(
    tmp_path: Path, transactional_db: None, request: pytest.FixtureRequest
) -> Iterator[dict[str, str]]:
    """The environment of a process that works on it; the stage is in it."""
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        url = f"postgresql://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}"
        make_stage()
        yield {**os.environ, "DATABASE_URL": f"{url}/{own['NAME']}", "HUDUN_VAR": str(tmp_path)}
        return
    shutil.copy(request.getfixturevalue("ready_file"), tmp_path)
    yield {**os.environ, "HUDUN_VAR": str(tmp_path)}
