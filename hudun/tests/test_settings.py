"""The settings keep the installation's secret, and find its database."""

import subprocess
import sys
from pathlib import Path

from hudun.core.tests.other_process import python
from hudun.settings import _postgresql

SECRET = "from hudun import settings; print(settings.SECRET_KEY)"


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    environment = {"HUDUN_VAR": str(tmp_path), "PATH": "/usr/bin"}
    together = [
        subprocess.Popen(
            [sys.executable, "-c", SECRET], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    printed = {process.communicate()[0] for process in together}
    printed.add(python(environment, "-c", SECRET))
    assert len(printed) == 1 and len(printed.pop().strip()) == 64
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_database_url_is_read_with_its_escapes() -> None:
    found = _postgresql("postgresql://hu%40dun:p%2Fw@db.local:5433/civil%20air")
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("hu@dun", "p/w", "civil air")
    assert (found["HOST"], found["PORT"]) == ("db.local", "5433")


def test_a_socket_folder_may_be_the_host() -> None:
    assert _postgresql("postgresql:///hudun?host=/run/postgresql")["HOST"] == "/run/postgresql"
