"""Emptying the tables would empty the journal: only a test database lets itself be emptied."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as Flush
from django.db import connections

from hudun.core.journal.triggers import guard_table, release_table


class Command(Flush):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        name = str(connection.settings_dict["NAME"])
        if not ("test_" in name or "mode=memory" in name):
            raise CommandError("操作日志不可清空；要重新开始，请换一个新的数据库。")
        release_table(connection)
        try:
            super().handle(**options)
        finally:
            guard_table(connection)
