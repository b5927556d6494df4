"""Migrations run once for a state of the code and not once for a test process: what they made of
SQLite's database in memory is kept beside pytest's cache. On PostgreSQL they always run."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("hudun/**/migrations/*.py", "hudun/core/journal/triggers.py", "hudun/settings.py",
           "requirements-dev.txt")  # fmt: skip


def kept_at(root: Path = ROOT) -> Path:
    digest = sha256()
    for path in sorted(path for pattern in SOURCES for path in root.glob(pattern)):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return root / ".pytest_cache" / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def start_from_kept(connection: "BaseDatabaseWrapper", kept: Path) -> None:
    """`migrate` begins with this hook of the backend; it then finds everything done."""

    def prepare() -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as made:
            made.backup(connection.connection)

    if kept.exists():
        connection.prepare_database = prepare  # type: ignore[method-assign]


def empty_office(var: Path) -> None:
    """All tables and nothing in them, for processes that work in that folder."""
    kept, mine = kept_at(), var / "hudun.sqlite3"
    if kept.exists():
        shutil.copyfile(kept, mine)
        return
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "hudun.cli", "manage", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env=others | {"HUDUN_VAR": str(var)}, check=True)
    with closing(sqlite3.connect(mine)) as made:
        _keep(made, kept)


def keep(connection: "BaseDatabaseWrapper", kept: Path) -> None:
    if not kept.exists():
        _keep(connection.connection, kept)


def _keep(made: sqlite3.Connection, kept: Path) -> None:
    """Whole or not at all: other processes may be looking."""
    kept.parent.mkdir(exist_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(draft)) as copy:
        made.backup(copy)
    draft.replace(kept)
