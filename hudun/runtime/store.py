"""A durable key-value store on SQLite: what was committed survives the loss of power.

One file holds the records of one owner (a terminal) or of many (a fleet of simulated ones);
commits that are asked for at the same time then share one transaction.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

Change = tuple[str, bytes | None]  # None deletes

_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    owner INTEGER NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (owner, name)
) WITHOUT ROWID
"""
_PUT = "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
_DROP = "DELETE FROM kept WHERE owner = ? AND name = ?"


class Store:
    """``commit`` returns when the changes are on the disk, all of them or none."""

    def __init__(self, path: str | Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")  # fsync at every commit
        self._connection.execute(_SCHEMA)

    def load(self, owner: int = 0) -> dict[str, bytes]:
        rows = self._connection.execute("SELECT name, value FROM kept WHERE owner = ?", (owner,))
        return dict(rows)

    def load_all(self) -> dict[int, dict[str, bytes]]:
        owners: dict[int, dict[str, bytes]] = {}
        for owner, name, value in self._connection.execute("SELECT owner, name, value FROM kept"):
            owners.setdefault(owner, {})[name] = value
        return owners

    def commit(self, changes: Iterable[Change], owner: int = 0) -> None:
        self.commit_many([(owner, list(changes))])

    def commit_many(self, batch: Iterable[tuple[int, list[Change]]]) -> None:
        """Every owner's changes, later ones over earlier ones, in one transaction."""
        last = {(owner, name): value for owner, changes in batch for name, value in changes}
        puts = [(*key, value) for key, value in last.items() if value is not None]
        drops = [key for key, value in last.items() if value is None]
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(_PUT, puts)
            self._connection.executemany(_DROP, drops)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class GroupStore:
    """Many owners in one event loop: while one transaction is written the next one gathers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._gathering: list[tuple[int, list[Change]]] = []
        self._done: asyncio.Future[None] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "store")

    async def commit(self, owner: int, changes: list[Change]) -> None:
        """Returns when the changes are on the disk; raises what the disk raised."""
        loop = asyncio.get_running_loop()
        self._gathering.append((owner, changes))
        if self._done is None:
            self._done = loop.create_future()
        done = self._done
        if self._writer is None:
            self._writer = loop.create_task(self._write())
        await asyncio.shield(done)

    async def close(self) -> None:
        if self._writer is not None:
            await self._writer
        self._thread.shutdown()
        self._store.close()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while self._done is not None:
            batch, done = self._gathering, self._done
            self._gathering, self._done = [], None
            try:
                await loop.run_in_executor(self._thread, self._store.commit_many, batch)
                done.set_result(None)
            except Exception as error:
                done.set_exception(error)
        self._writer = None
