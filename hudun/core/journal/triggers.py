"""Both databases themselves refuse to change or delete a journal line.

A migration of a later day that rebuilds the table on SQLite drops its triggers: it must end with
`migrations.RunPython(guard, release)`. `tests/test_journal.py` finds a table without them.

Emptying the tables (`flush`) is refused too, except in a test database; see the command.
"""

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "core_journalline"

SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb} BEFORE {verb.upper()} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
    for verb in ("update", "delete")
]
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
    f"""CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
]
GUARDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
RELEASES = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}"],
}


def guard_table(connection: BaseDatabaseWrapper) -> None:
    _run(connection, GUARDS[connection.vendor])


def release_table(connection: BaseDatabaseWrapper) -> None:
    _run(connection, RELEASES[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    guard_table(editor.connection)


def release(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    release_table(editor.connection)
