"""`hudun check timetables`: what a clerk sees for right, wrong and broken files."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from hudun.affairs.soundings.checks import main
from hudun.affairs.soundings.packing import fits, largest_frame, pack, steps_of
from hudun.affairs.soundings.timetable import (
    DAY_S,
    Round,
    Timetable,
    build_programme,
    ends_at,
    overlaps,
)
from hudun.affairs.soundings.timetable_check import number_signals
from hudun.wire.signals import PATTERNS, SIGNAL_NAMES, Pattern

SIGNALS = {SIGNAL_NAMES[number]: pattern for number, pattern in PATTERNS.items()}
SIGNALS_JSON = {
    name: {"pattern": [list(stroke) for stroke in one.strokes], "repeat": one.repeat}
    for name, one in SIGNALS.items()
}
HUNAN = {"start": "09:30:00", "signals": ["预先", "空袭", "解除"], "gap_s": 300}
HUNAN_SAID = [
    ["预先", "09:30:00", "09:33:00"],
    ["空袭", "09:38:00", "09:41:00"],
    ["解除", "09:46:00", "09:49:00"],
]


def content(
    rounds: list[Any], announced: Any, signals: Any = None, where: str = "某地"
) -> dict[str, Any]:
    table = {"where": where, "rounds": rounds, "announced": announced}
    return {"signals": signals or SIGNALS_JSON, "timetables": [table]}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(whole: Any, *options: str) -> tuple[int, str]:
        path = tmp_path / "file.json"
        path.write_text(whole if isinstance(whole, str) else json.dumps(whole), encoding="utf-8")
        code = main(["timetables", str(path), *options])
        heard = capsys.readouterr()
        return code, heard.out + heard.err

    return run


def test_the_five_announced_timetables_agree(run: Any) -> None:
    code, said = run((settings.RULES_DIR / "samples" / "signals.json").read_text("utf-8"))
    assert code == 0, said
    assert said.count("每秒一致") == 5


@pytest.mark.parametrize(
    ("rounds", "announced"),
    [
        pytest.param([HUNAN], HUNAN_SAID, id="plain"),
        pytest.param([HUNAN | {"start": "9:30"}], HUNAN_SAID, id="no seconds"),
        pytest.param(
            [{"start": "10:00", "signals": ["空袭", "解除"], "gap_s": 0}],
            [["空袭", "10:00", "10:03"], ["解除", "10:03", "10:06"]],
            id="zero gap",
        ),
        pytest.param(
            [{"start": "23:55", "signals": ["预先", "空袭", "解除"], "gap_s": 60}],
            [
                ["预先", "23:55", "23:58"],
                ["空袭", "23:59", "00:02"],
                ["解除", "00:03", "00:06"],
            ],
            id="over midnight",
        ),
        pytest.param(
            [{"start": "23:57", "signals": ["解除"]}],
            [["解除", "23:57", "24:00"]],
            id="one signal, no gap, until midnight",
        ),
        pytest.param(
            [{"start": "15:00", "signals": ["解除"]}, {"start": "09:00", "signals": ["空袭"]}],
            [["空袭", "09:00", "09:03"], ["解除", "15:00", "15:03"]],
            id="rounds not in order",
        ),
        pytest.param(
            [
                {
                    "start": "08:00",
                    "signals": ["灾情/胶州", "解除"],
                    "gap_s": 7,
                    "times": {"灾情/胶州": 3},
                    "gap_within_s": 0,
                }
            ],
            [
                ["灾情/胶州", "08:00:00", "08:02:00"],
                ["灾情/胶州", "08:02:00", "08:04:00"],
                ["灾情/胶州", "08:04:00", "08:06:00"],
                ["解除", "08:06:07", "08:09:07"],
            ],
            id="several strokes, no gap within",
        ),
        pytest.param(
            [{"start": "08:00", "signals": ["空袭"], "gap_s": 30, "times": {"空袭": 2}}],
            [["空袭", "08:00:00", "08:03:00"], ["空袭", "08:03:30", "08:06:30"]],
            id="gap within not said: the gap",
        ),
    ],
)
def test_what_agrees_exits_0(run: Any, rounds: Any, announced: Any) -> None:
    code, said = run(content(rounds, announced))
    assert code == 0, said


def test_a_signal_of_the_file_s_own_is_played_by_its_own_pattern(run: Any) -> None:
    signals = {"防空演练/某县": {"pattern": [[0, 4], [7, 3], [1, 0]]}}
    rounds = [{"start": "12:00", "signals": ["防空演练/某县"], "times": {}}]
    assert run(content(rounds, [["防空演练/某县", "12:00:00", "12:00:15"]], signals))[0] == 0
    code, said = run(content(rounds, [["防空演练/某县", "12:00:00", "12:00:14"]], signals))
    assert code == 1
    assert "12:00:14" in said


@pytest.mark.parametrize(
    ("announced", "words"),
    [
        pytest.param(
            [["预先", "09:30:00", "09:33:00"], *HUNAN_SAID[1:2], ["解除", "09:46:01", "09:49:00"]],
            ["“解除” 09:46:00 这一秒", "时间表为 解除 响，公告为 无信号"],
            id="one second late",
        ),
        pytest.param(HUNAN_SAID[:2], ["“解除” 09:46:00 起 180 秒"], id="one fewer"),
        pytest.param(
            [*HUNAN_SAID, ["解除", "09:55", "09:58"]],
            ["09:55:00", "时间表为 无信号，公告为 解除 响"],
            id="one more",
        ),
        pytest.param(
            [["空袭", "09:30:00", "09:33:00"], *HUNAN_SAID[1:]],
            ["09:30:00", "时间表为 预先 响，公告为 空袭 响"],
            id="another signal",
        ),
        pytest.param(
            [["预备", "09:30:00", "09:33:00"], *HUNAN_SAID[1:]], ["预备"], id="a name not known"
        ),
        pytest.param([], ["没有公告时刻"], id="nothing announced"),
        pytest.param(None, ["没有公告时刻"], id="no announcement"),
    ],
)
def test_a_difference_exits_1_and_is_named(run: Any, announced: Any, words: list[str]) -> None:
    code, said = run(content([HUNAN], announced, where="湖南"))
    assert code == 1
    assert all(word in said for word in ["湖南", *words]), said


def test_repeats_without_a_gap_are_not_one_long_signal(run: Any) -> None:
    rounds = [{"start": "10:00", "signals": ["空袭"], "times": {"空袭": 2}, "gap_within_s": 0}]
    assert run(content(rounds, [["空袭", "10:00", "10:06"]]))[0] == 1


def test_two_signals_at_once_never_agree(run: Any) -> None:
    rounds = [{"start": "10:00", "signals": ["空袭"]}, {"start": "10:02", "signals": ["解除"]}]
    code, said = run(content(rounds, [["空袭", "10:00", "10:03"], ["解除", "10:02", "10:05"]]))
    assert code == 1
    assert "尚未结束" in said


def test_json_tells_the_plan_and_the_differences(run: Any) -> None:
    code, said = run(content([HUNAN], HUNAN_SAID[:2]), "--json")
    row = json.loads(said)["timetables"][0]
    assert (code, json.loads(said)["agrees"], row["agrees"]) == (1, False, False)
    assert row["programme"] == HUNAN_SAID
    assert row["differences"][0] == {
        "second": "09:46:00",
        "seconds": 180,
        "planned": [["解除", True]],
        "announced": [],
    }
    assert all(octets <= 140 for octets in row["order_octets"])


def broken(**changes: Any) -> dict[str, Any]:
    return content([HUNAN | changes], HUNAN_SAID)


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param("{", id="not json"),
        pytest.param("[" * 100_000, id="too deep"),
        pytest.param([], id="a list"),
        pytest.param({"timetables": []}, id="no signals"),
        pytest.param({"signals": SIGNALS_JSON, "timetables": []}, id="no timetable"),
        pytest.param(content([], HUNAN_SAID), id="no round"),
        pytest.param(broken(signals=[]), id="empty round"),
        pytest.param(broken(signals=["预先", "警报"]), id="unknown signal"),
        pytest.param(broken(gap_s=None), id="no gap"),
        pytest.param(broken(gap_s=-1), id="negative gap"),
        pytest.param(broken(gap_s="300"), id="gap in words"),
        pytest.param(broken(gap_s=True), id="gap is a flag"),
        pytest.param(broken(gap_s=50_000), id="longer than a day"),
        pytest.param(broken(start="25:00:00"), id="no such hour"),
        pytest.param(broken(start="09:61"), id="no such minute"),
        pytest.param(broken(start=None), id="no start"),
        pytest.param(broken(times={"预先": 0}), id="never played"),
        pytest.param(content([HUNAN], [["预先", "09:30:00"]]), id="half an announcement"),
        pytest.param(content([HUNAN], HUNAN_SAID, {"预先": {"pattern": []}}), id="no stroke"),
        pytest.param(content([HUNAN], HUNAN_SAID, {"预先": {"pattern": [[0, 9]]}}), id="silence"),
        pytest.param(content([HUNAN], HUNAN_SAID, {"预先": {"pattern": [[1]]}}), id="half stroke"),
    ],
)
def test_a_malformed_file_exits_2_with_a_number(run: Any, whole: Any) -> None:
    code, said = run(whole)
    assert code == 2
    assert said.startswith(("400.40 ", "400.41 "))
    code, said = run(whole, "--json")
    assert (code, json.loads(said)["agrees"]) == (2, False)


def test_an_unknown_check_says_which_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["siting", str(tmp_path)]) == 2
    assert "timetables" in capsys.readouterr().err


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["timetables", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


names = st.sampled_from(sorted(SIGNALS))
rounds = st.builds(
    Round,
    start=st.integers(0, DAY_S - 1),
    signals=st.lists(names, min_size=1, max_size=30).map(tuple),
    gap_s=st.integers(0, 2000),
    times=st.dictionaries(names, st.integers(1, 4)),
    gap_within_s=st.none() | st.integers(0, 900),
)
timetables = st.builds(Timetable, st.just("某地"), st.lists(rounds, min_size=1, max_size=4))


@given(timetables)
def test_packing_keeps_every_signal_and_fits_every_frame(timetable: Timetable) -> None:
    numbers = number_signals(SIGNALS)
    parts = pack(timetable, SIGNALS, numbers)
    assert sorted(one for part in parts for one in part) == list(
        build_programme(timetable, SIGNALS)
    )
    assert all(largest_frame(steps_of(part, numbers)) <= 140 for part in parts)


@given(rounds)
def test_one_round_never_overlaps_unless_it_outlasts_the_day(round_: Round) -> None:
    programme = build_programme(Timetable("某地", (round_,)), SIGNALS)
    lasts = ends_at(programme, SIGNALS) - round_.start
    assert bool(overlaps(programme, SIGNALS)) == (lasts > DAY_S)


def test_own_signals_are_numbered_past_the_tables() -> None:
    own = Pattern(((1, 1),), 1)
    assert number_signals({"甲": own, "空袭": own, "乙": own}) == {"空袭": 2, "甲": 32, "乙": 33}


def test_the_largest_known_timetable_fits_one_frame() -> None:
    gansu = Timetable(
        "甘肃",
        tuple(Round(hour * 3600, ("预先", "空袭", "解除"), 1620) for hour in (9, 15)),
    )
    assert fits(steps_of(build_programme(gansu, SIGNALS), number_signals(SIGNALS)))
