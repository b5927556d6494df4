from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.runtime.store import Change, GroupStore, Store

names, values = st.sampled_from("abc"), st.none() | st.binary(max_size=5)
commits = st.lists(st.lists(st.tuples(names, values)))


@given(commits)
def test_it_holds_what_a_dictionary_would(history: list[list[Change]]) -> None:
    kept: dict[str, bytes] = {}
    with Store(":memory:") as store:
        for changes in history:
            store.commit(changes)
            for name, value in changes:
                kept.pop(name, None)
                if value is not None:
                    kept[name] = value
            assert store.load() == kept


def test_owners_do_not_see_one_another(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        store.commit([("a", b"1")], owner=1)
        store.commit([("a", b"2")], owner=2)
        assert store.load(1) == {"a": b"1"}
        assert store.load_all() == {1: {"a": b"1"}, 2: {"a": b"2"}}


def test_a_commit_is_whole_or_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        with pytest.raises(sqlite3.Error):
            store.commit([("a", b"1"), ("b", object())])  # type: ignore[list-item]
        assert store.load() == {}
        store.commit([("a", b"1")])
        assert store.load() == {"a": b"1"}


WRITER = """
import sys
from hudun.runtime.store import Store
store = Store(sys.argv[1])
for n in range(10**6):
    store.commit([("n", str(n).encode()), ("twice", str(2 * n).encode())])
    print(n, flush=True)
"""


def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "store"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(0.3)
    os.kill(writer.pid, signal.SIGKILL)
    said = [int(line) for line in writer.stdout.read().splitlines()]
    writer.wait()
    with Store(path) as store:
        kept = {name: int(value) for name, value in store.load().items()}
    assert kept["n"] >= said[-1]
    assert kept["twice"] == 2 * kept["n"]


async def test_commits_of_many_share_transactions(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    transactions = 0
    commit_many = store.commit_many

    def counted(batch: list[tuple[int, list[Change]]]) -> None:
        nonlocal transactions
        transactions += 1
        commit_many(batch)

    store.commit_many = counted  # type: ignore[method-assign, assignment]
    group = GroupStore(store)
    await asyncio.gather(*(group.commit(n, [("a", b"%d" % n)]) for n in range(500)))
    assert transactions <= 3
    assert store.load_all() == {n: {"a": b"%d" % n} for n in range(500)}
    await group.close()


async def test_a_full_disk_is_told_to_everyone_and_not_for_ever(tmp_path: Path) -> None:
    group = GroupStore(Store(tmp_path / "store"))
    with pytest.raises(sqlite3.Error):
        await group.commit(1, [("a", object())])  # type: ignore[list-item]
    await group.commit(1, [("a", b"1")])
    await group.close()
