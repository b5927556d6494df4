"""`hudun planner` as a process: killed in the middle, asked to end, asked something quick."""

import signal

import pytest

from hudun.core.tests.other_process import begin, python

KINDS = """
import django, time
django.setup()
from hudun.core.planner import planned
@planned("test.slow", says="慢慢算")
def slow(ask, desk):
    print("begun", flush=True)
    end = time.monotonic() + PAUSE
    while time.monotonic() < end:
        desk.progress(0.5, "还在算")
        time.sleep(0.02)
    return {"answer": 42}
@planned("test.glance", says="看一眼", quick=True)
def glance(ask, desk):
    return {"seen": True}
"""
PLANNER = (
    KINDS
    + """
from hudun.core.processes import planner
planner([])
"""
)
ASK = (
    KINDS.replace("PAUSE", "0")
    + """
from hudun.core.action import Actor
from hudun.core.organ import Organ
from hudun.core.planner import ask_run
organ = Organ.objects.get(code="430103")
ask_run(Actor.system(organ), organ, kind="KIND", ask={})
"""
)
AWAIT = (
    KINDS.replace("PAUSE", "0")
    + """
from hudun.core.planner import Run
end = time.monotonic() + 60
while (run := Run.objects.get(kind="KIND")).is_open and time.monotonic() < end:
    time.sleep(0.05)
print(run.state, run.tries, run.result)
"""
)


def ask(environment: dict[str, str], kind: str) -> None:
    python(environment, "-c", ASK.replace("KIND", kind))


def ended(environment: dict[str, str], kind: str) -> str:
    return python(environment, "-c", AWAIT.replace("KIND", kind)).strip()


@pytest.mark.slow
def test_a_killed_planner_loses_no_run(shared_database: dict[str, str]) -> None:
    ask(shared_database, "test.slow")
    first = begin(shared_database, PLANNER.replace("PAUSE", "60"))
    assert first.stdout and first.stdout.readline() == "begun\n"
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = begin(shared_database, PLANNER.replace("PAUSE", "0"))
    try:
        assert ended(shared_database, "test.slow") == "done 2 {'answer': 42}"
    finally:
        second.send_signal(signal.SIGTERM)
        assert second.wait(10) == 0


@pytest.mark.slow
def test_a_quick_question_does_not_wait_behind_a_long_run_and_the_end_hands_that_back(
    shared_database: dict[str, str],
) -> None:
    ask(shared_database, "test.slow")
    planner = begin(shared_database, PLANNER.replace("PAUSE", "60"))
    try:
        assert planner.stdout and planner.stdout.readline() == "begun\n"
        ask(shared_database, "test.glance")
        assert ended(shared_database, "test.glance") == "done 1 {'seen': True}"
    finally:
        planner.send_signal(signal.SIGTERM)
        assert planner.wait(10) == 0
    look = AWAIT.replace("KIND", "test.slow").replace("+ 60", "+ 0")
    assert python(shared_database, "-c", look).strip() == "queued 0 {}"
