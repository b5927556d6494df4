"""The processes do their work, say that they live, and may be killed at any moment."""

import os
import signal
import time
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from hudun.core import clock
from hudun.core.processes.heartbeat import heartbeat
from hudun.core.processes.models import SILENCE, Heartbeat
from hudun.core.processes.working import TRIES, _task_worker, main, reclaim_tasks, run_tasks
from hudun.core.testing import Stage
from hudun.core.tests.conftest import STAGE
from hudun.core.tests.other_process import begin, python
from tools.pg_cluster import cluster, find

PATIENCE_S = 60.0


@task
def add(a: int, b: int) -> int:
    return a + b


@pytest.mark.django_db
def test_a_task_of_a_killed_worker_is_given_back_and_at_last_failed(stage: Stage) -> None:
    result = add.enqueue(1, 2)
    row = DBTaskResult.objects.get(pk=result.id)
    for lost in range(1, TRIES + 1):
        row.refresh_from_db()
        assert row.status == "READY"
        row.claim(f"worker that was killed, number {lost}")
        DBTaskResult.objects.update(started_at=clock.wall() - timedelta(minutes=1))
        reclaim_tasks()
    row.refresh_from_db()
    assert row.status == "FAILED"


@pytest.mark.django_db
def test_a_task_of_a_living_worker_is_left_to_it(stage: Stage) -> None:
    moment = clock.wall()
    beat = Heartbeat.objects.create(name="worker", pid=1, host="x", since=moment, at=moment)
    row = DBTaskResult.objects.get(pk=add.enqueue(1, 2).id)
    row.claim(str(beat.pk))
    DBTaskResult.objects.update(started_at=moment - timedelta(minutes=9))
    reclaim_tasks()
    row.refresh_from_db()
    assert row.status == "RUNNING"


@pytest.mark.django_db(transaction=True)
def test_one_task_at_a_time_so_that_events_do_not_wait(stage: Stage) -> None:
    first, second = add.enqueue(1, 2), add.enqueue(3, 4)
    worker = _task_worker("w")
    assert [run_tasks(worker), run_tasks(worker), run_tasks(worker)] == [1, 1, 0]
    first.refresh()
    second.refresh()
    assert (first.return_value, second.return_value) == (3, 7)


@pytest.mark.django_db(transaction=True)
def test_a_process_is_seen_while_it_lives() -> None:
    with heartbeat("dispatch") as beat:
        assert list(Heartbeat.objects.alive()) == [beat]
        Heartbeat.objects.update(at=clock.wall() - SILENCE)
        assert not Heartbeat.objects.alive().exists()
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_ends_when_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    add.enqueue(1, 2)
    assert main(["--once"]) == 0
    assert DBTaskResult.objects.get().return_value == 3


WORKER = """
import sys, types, time, django
django.setup()
from django.conf import settings
from hudun.core.organ import Organ
wiring = types.ModuleType("wiring")
def ring(event):
    organ = Organ.objects.get(code="430103002")
    Organ.objects.filter(pk=organ.pk).update(phone=organ.phone + "x")
    print("ringing", flush=True)
    time.sleep(PAUSE)
wiring.ring = ring
wiring.ANSWERS = [("lamp.lit", "wiring:ring")]
sys.modules["wiring"] = wiring
settings.WIRING = "wiring.ANSWERS"
from hudun.core.outbox import deliver
from datetime import timedelta
deliver.LEASE = timedelta(seconds=1)
from hudun.core.processes import worker
worker([])
"""
EMIT = """
import django
django.setup()
from hudun.core.action import Actor, action
from hudun.core.organ import Organ
@action("test.light", label="点亮")
def light(act, organ): act.emit("lamp.lit", {})
light(Actor.system(), Organ.objects.get(code="430103002"))
"""
LOOK = """
import django
django.setup()
from hudun.core.organ import Organ
from hudun.core.outbox.models import Event
print(Organ.objects.get(code="430103002").phone or "-", Event.objects.get().done_at is not None)
"""
UNTIL_DONE = f"""
import time, django
django.setup()
from hudun.core.outbox.models import Event
end = time.monotonic() + {PATIENCE_S}
while not Event.objects.get().done_at and time.monotonic() < end:
    time.sleep(0.2)
{LOOK}"""


def until_done(environment: dict[str, str]) -> list[str]:
    return python(environment, "-c", UNTIL_DONE).split()


def wait_for(question: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.2)


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_an_answer_neither_loses_nor_doubles_it(
    shared_database: dict[str, str],
) -> None:
    python(shared_database, "-c", EMIT)
    slow = begin(shared_database, WORKER.replace("PAUSE", "60"))
    assert slow.stdout and slow.stdout.readline() == "ringing\n"
    slow.send_signal(signal.SIGKILL)
    slow.wait()
    assert python(shared_database, "-c", LOOK).split() == ["-", "False"]
    quick = begin(shared_database, WORKER.replace("PAUSE", "0"))
    try:
        assert until_done(shared_database) == ["x", "True"]
    finally:
        quick.send_signal(signal.SIGTERM)
        quick.wait(10)
    assert quick.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(find("postgres") is None, reason="PostgreSQL is not installed")
def test_the_worker_outlives_a_database_that_is_killed_and_started_again(tmp_path: Path) -> None:
    with cluster() as server:
        environment = {**os.environ, "DATABASE_URL": server.url, "HUDUN_VAR": str(tmp_path)}
        python(environment, "-m", "django", "migrate", "-v0")
        python(environment, "-c", STAGE)
        worker = begin(environment, WORKER.replace("PAUSE", "0"))
        try:
            wait_for(lambda: "worker" in python(environment, "-c", BEATS))
            server.kill()
            time.sleep(1)
            server.start()
            python(environment, "-c", EMIT)
            assert until_done(environment) == ["x", "True"]
            assert worker.poll() is None
        finally:
            worker.kill()
            worker.wait()


BEATS = """
import django
django.setup()
from hudun.core.processes.models import Heartbeat
print(*Heartbeat.objects.alive().values_list("name", flat=True))
"""
PORT = 21101
WEB = f"""
import django
django.setup()
from hudun.core.processes import web
web(["--port", "{PORT}"])
"""


@pytest.mark.slow
def test_the_web_process_answers_and_stops_when_asked(shared_database: dict[str, str]) -> None:
    server = begin(shared_database, WEB)
    try:
        wait_for(lambda: status(f"http://127.0.0.1:{PORT}/login/") == 200)
        assert python(shared_database, "-c", BEATS).split() == ["web"]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return int(answer.status)
    except OSError:
        return 0
