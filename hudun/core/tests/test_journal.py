"""A changed, missing, moved or cut-off line shows, whoever had the database."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from hudun.core import journal_cli
from hudun.core.action import together
from hudun.core.clock import now
from hudun.core.journal.canonical import canonical, digest
from hudun.core.journal.models import JournalHead, JournalLine, JournalQuerySet
from hudun.core.journal.triggers import guard_table, release_table
from hudun.core.journal.verify import Head, head, verify
from hudun.core.journal.write import Draft
from hudun.core.organ import Organ
from hudun.core.testing import Stage
from hudun.core.tests.other_process import python


def write(organ: Organ, verb: str) -> None:
    with together() as drafts:
        drafts.append(
            Draft("430103", now(), verb, organ.pk, None, "core.Organ", str(organ.pk), {"note": {}})
        )


@pytest.fixture
def chain(stage: Stage) -> Stage:
    for number in range(1, 6):
        write(stage.pozijie, f"test.{number}")
    return stage


@pytest.fixture
def thief(chain: Stage) -> Iterator[None]:
    """Somebody who owns the database and has switched its guard off."""
    connection.check_constraints()
    release_table(connection)
    yield
    guard_table(connection)


def kinds() -> list[tuple[int, str]]:
    return [(fault.seq, fault.kind) for fault in verify()]


pytestmark = pytest.mark.django_db


def line(seq: int) -> JournalQuerySet:
    return JournalLine.objects.filter(seq=seq)


def test_a_whole_chain_has_no_fault(chain: Stage) -> None:
    assert verify() == [] == verify(chain.tianxin)
    assert head(chain.pozijie) == head(chain.tianxin)
    assert head(chain.tianxin).seq == 5


@pytest.mark.parametrize("spoil", [{"verb": "x"}, {"body": "{}"}])
def test_the_database_refuses_a_change(chain: Stage, spoil: dict[str, str]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        line(3).update(**spoil)


def test_the_database_refuses_a_delete(chain: Stage) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        line(5)._raw_delete("default")
    assert JournalLine.objects.count() == 5


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_be_emptied(chain: Stage) -> None:
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("TRUNCATE core_journalline")


def test_only_a_test_database_can_be_flushed(chain: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "/srv/hudun.sqlite3")
    with pytest.raises(CommandError, match="不可清空"):
        call_command("flush", interactive=False)


def test_a_changed_text_shows(thief: None) -> None:
    line(3).update(body=line(3).get().body.replace("test.3", "test.x"))
    assert kinds() == [(3, "changed")]


def test_a_changed_column_shows(thief: None) -> None:
    line(3).update(verb="test.x")
    assert kinds() == [(3, "changed")]


def test_a_line_rewritten_with_its_hash_breaks_the_next_link(thief: None) -> None:
    body = line(3).get().body.replace('"note":{}', '"note":{"x":1}')
    line(3).update(body=body, hash=digest(body))
    assert kinds() == [(4, "moved")]


def test_a_missing_line_shows(thief: None) -> None:
    line(3)._raw_delete("default")
    assert kinds() == [(3, "missing")]


def test_lines_in_another_order_show(thief: None) -> None:
    line(2).update(seq=99)
    line(3).update(seq=2)
    line(99).update(seq=3)
    assert {(2, "changed"), (3, "changed"), (3, "moved")} <= set(kinds())


def test_a_cut_tail_shows(thief: None) -> None:
    line(5)._raw_delete("default")
    assert kinds() == [(5, "cut")]


def test_a_tail_cut_together_with_its_head_shows_against_a_noted_head(
    thief: None, chain: Stage
) -> None:
    noted = Head.parse(str(head(chain.tianxin)))
    line(5)._raw_delete("default")
    JournalHead.objects.update(seq=4, hash=line(4).get().hash)
    assert verify() == []
    assert [(fault.seq, fault.kind) for fault in verify(noted=[noted])] == [(5, "cut")]


def test_a_chain_rewritten_from_the_start_shows_against_a_noted_head(
    thief: None, chain: Stage
) -> None:
    noted = head(chain.tianxin)
    previous = ""
    for each in JournalLine.objects.chain("430103"):
        content = {**each.content, "note": {"x": 1}, "prev": previous}
        body = canonical(content)
        previous = digest(body)
        line(each.seq).update(body=body, hash=previous)
    JournalHead.objects.update(hash=previous)
    assert verify() == []
    assert [(f.seq, f.kind) for f in verify(noted=[noted])] == [(5, "changed")]


def test_each_district_has_its_own_chain(chain: Stage) -> None:
    assert head(chain.laojie) == Head("411102", 0, "")


def test_the_command_says_so(
    thief: None, capsys: pytest.CaptureFixture[str], tmp_path: Path, chain: Stage
) -> None:
    noted = tmp_path / "heads"
    noted.write_text(f"{head(chain.tianxin)}\n")
    assert journal_cli.main(["verify", "--noted", str(noted)]) == 0
    assert journal_cli.main(["head"]) == 0
    line(5)._raw_delete("default")
    capsys.readouterr()
    assert journal_cli.main(["verify", "--json", "--organ", "430103"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [fault["kind"] for fault in report["faults"]] == ["cut"]


WRITER = """
import sys, django
django.setup()
from hudun.core.action import Act, Actor, action
from hudun.core.organ import Organ, Role
@action("test.busy", label="忙", roles={Role.CLERK})
def busy(act: Act, organ: Organ, number: int) -> None:
    organ.phone = str(number)
    organ.save(update_fields=["phone"])
for number in range(40):
    for code in sys.argv[1:]:
        busy(Actor.system(), Organ.objects.get(code=code), number)
"""


CHECK = """
import django
django.setup()
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import verify
print(JournalLine.objects.count(), len(verify()))
"""


@pytest.mark.slow
def test_two_processes_write_one_chain_at_once(shared_database: dict[str, str]) -> None:
    """In opposite sequence over the same rows: the worst case for locks."""
    codes = ["430103002", "430103004"]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, *order], env=shared_database, stderr=subprocess.PIPE
        )
        for order in (codes, codes[::-1])
    ]
    errors = [writer.communicate()[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], errors
    assert python(shared_database, "-c", CHECK).split() == ["160", "0"]
