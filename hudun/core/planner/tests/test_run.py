"""A run is asked for, done once, called off, given back: whoever is killed, whoever is late."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from hudun.core import clock
from hudun.core.error import Problem, problem_table
from hudun.core.journal.models import JournalLine
from hudun.core.planner import Desk, Run, ask_run, cancel_run
from hudun.core.planner.doing import TRIES, do, give_back_abandoned, hand_back, take_up
from hudun.core.planner.hold import Gate
from hudun.core.planner.housekeeping import sweep_runs
from hudun.core.planner.testing import planner_beat, run_now
from hudun.core.processes.models import SILENCE, Heartbeat
from hudun.core.testing import Cast

from .conftest import Adding

problem_table({"422.999": ("数字太大。", "没有改动。", "请改小。")})


def asked(cast: Cast, kind: str = "test.add") -> Run:
    ask = {"numbers": [1, 2]}
    return ask_run(cast.actor("zhang"), cast.stage.tianxin, kind=kind, ask=ask, back="/x/")


def test_a_run_ends_with_its_answer_its_file_and_what_the_app_keeps(
    cast: Cast, adding: Adding
) -> None:
    run = run_now(asked(cast))
    assert (run.state, run.result, run.share, run.tries) == ("done", {"sum": 3}, 1.0, 1)
    assert run.file("sum.csv").read_text() == "和\n3\n"
    assert adding.kept == [{"sum": 3}]
    assert JournalLine.objects.filter(verb="planner.ask", object_id=str(run.pk)).count() == 1


def test_the_oldest_is_done_first_and_each_lane_has_its_own(cast: Cast, adding: Adding) -> None:
    first, second, glance = asked(cast), asked(cast), asked(cast, "test.glance")
    beat = planner_beat()
    assert take_up(beat.pk, quick=True) == glance
    assert [take_up(beat.pk, quick=False) for _ in range(3)] == [first, second, None]
    assert not JournalLine.objects.filter(object_id=str(glance.pk)).exists()


def test_an_auditor_may_not_ask(cast: Cast, adding: Adding) -> None:
    for kind in ("test.add", "test.glance"):
        with pytest.raises(Problem, match=r"403\.1"):
            ask_run(cast.actor("shenji"), cast.stage.tianxin, kind=kind, ask={})


def test_a_run_that_is_called_off_is_put_down_and_leaves_nothing(
    cast: Cast, adding: Adding
) -> None:
    run = asked(cast)
    adding.between = lambda desk: _call_off(cast, desk)
    assert run_now(run).state == "cancelled"
    assert not run.folder.exists()
    assert not adding.kept
    with pytest.raises(Problem, match=r"409\.1"):
        cancel_run(cast.actor("li"), run)


def _call_off(cast: Cast, desk: Desk) -> None:
    cancel_run(cast.actor("li"), desk.run)
    desk._told_at = float("-inf")


def test_called_off_at_the_last_moment_it_is_not_kept(cast: Cast, adding: Adding) -> None:
    run = asked(cast)
    adding.between = lambda desk: cancel_run(cast.actor("li"), desk.run)
    assert run_now(run).state == "cancelled"
    assert not adding.kept


def test_a_problem_ends_the_run_with_its_number(cast: Cast, adding: Adding) -> None:
    def refuse(_desk: Desk) -> None:
        raise Problem("422.999")

    adding.between = refuse
    run = run_now(asked(cast))
    assert (run.state, run.problem["number"], run.problem["todo"]) == (
        "failed",
        "422.999",
        "请改小。",
    )


def test_a_fault_of_ours_is_said_with_a_number_too(cast: Cast, adding: Adding) -> None:
    adding.between = lambda _desk: 1 / 0
    assert run_now(asked(cast)).problem["number"] == "500.18"


def test_a_run_of_a_killed_planner_waits_again_and_fails_at_last(
    cast: Cast, adding: Adding
) -> None:
    run = asked(cast)
    for _ in range(TRIES):
        assert take_up(planner_beat().pk, quick=False) == run
        Heartbeat.objects.update(at=clock.wall() - SILENCE)
        give_back_abandoned()
    run.refresh_from_db()
    assert (run.state, run.problem["number"]) == ("failed", "500.19")


def test_a_planner_thought_dead_changes_nothing_any_more(cast: Cast, adding: Adding) -> None:
    asked(cast)
    late = take_up(planner_beat().pk, quick=False)
    assert late
    Heartbeat.objects.update(at=clock.wall() - SILENCE)
    assert give_back_abandoned() == 1
    assert take_up(planner_beat().pk, quick=False) == late
    with ThreadPoolExecutor(1) as pool:
        do(late, pool, Gate())
    assert not adding.kept
    assert Run.objects.get().state == "running"


def test_a_planner_that_is_asked_to_end_hands_its_runs_back(cast: Cast, adding: Adding) -> None:
    asked(cast)
    beat = planner_beat()
    assert take_up(beat.pk, quick=False)
    hand_back(beat.pk)
    assert (Run.objects.get().state, Run.objects.get().tries) == ("queued", 0)


def test_it_waits_while_there_is_a_reason_and_says_so(
    cast: Cast, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hudun.core.planner.hold.reasons", [lambda: "有命令正在执行"])
    gate = Gate()
    gate.look()
    said: list[str] = []
    monkeypatch.setattr(Desk, "_tell", lambda _desk, _share, words: said.append(words))
    monkeypatch.setattr(Gate, "wait", lambda gate, _s=None: _open_later(gate, said))
    assert run_now(asked(cast), gate).state == "done"
    assert said[0] == "有命令正在执行，计算先让路"


def _open_later(gate: Gate, said: list[str]) -> bool:
    if said:
        gate._open.set()
    return gate.is_open


def test_questions_of_yesterday_are_swept_and_results_stay(cast: Cast, adding: Adding) -> None:
    kept, glance = run_now(asked(cast)), run_now(asked(cast, "test.glance"))
    Run.objects.update(asked_at=clock.now() - timedelta(days=2))
    sweep_runs()
    assert list(Run.objects.all()) == [kept]
    assert kept.file("sum.csv").exists()
    assert not glance.folder.exists()
