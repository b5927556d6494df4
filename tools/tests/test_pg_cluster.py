import os
import subprocess
import sys

import psycopg
import pytest

from tools import pg_cluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(pg_cluster.find("pg_ctl") is None, reason="apt: postgresql"),
]


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def test_it_serves_survives_a_kill_and_is_gone_afterwards() -> None:
    with pg_cluster.cluster(durable=True) as made:
        with psycopg.connect(made.url) as connection:
            connection.execute("create table kept as select '留' as word")
        made.kill()
        made.start()
        assert ask(made.url, "select word from kept") == "留"
    assert not made.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        ask(made.url, "select 1")


def test_it_is_gone_after_a_failure_too() -> None:
    with pytest.raises(ZeroDivisionError), pg_cluster.cluster() as made:
        raise ZeroDivisionError
    assert not made.folder.exists()


def test_the_command_hands_on_the_address_and_the_exit_code() -> None:
    script = "import os, sys; sys.exit(os.environ['DATABASE_URL'].startswith('postgresql:') * 7)"
    command = [sys.executable, "-m", "tools.pg_cluster", sys.executable, "-c", script]
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    assert subprocess.run(command, env=env, check=False).returncode == 7
