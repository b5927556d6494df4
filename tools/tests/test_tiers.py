import sys

import pytest

from tools import parts, tiers


def tier(script: str, *needs: str) -> tiers.Tier:
    return tiers.Tier("try", ((sys.executable, "-c", script),), needs)


def test_pytests_closing_line_comes_into_the_summary() -> None:
    outcome = tiers.run(tier("print('== 3 passed, 1 skipped in 0.25s ==')"))
    assert outcome.state == "passed"
    assert "3 passed, 1 skipped in 0.25s" in tiers.summary([outcome])


def test_a_failing_command_fails_its_tier() -> None:
    outcome = tiers.run(tier("raise SystemExit(1)"))
    assert outcome.state == "failed"
    assert "SystemExit" in tiers.summary([outcome])


@pytest.mark.parametrize(("ci", "state"), [("true", "failed"), ("", "skipped")])
def test_a_missing_part_is_named(ci: str, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setitem(parts.PROGRAMS, "sox", "no-such-program")
    outcome = tiers.run(tier("raise SystemExit(1)", "sox"))
    assert outcome.state == state
    assert "apt-get install" in outcome.said
    assert "sox" in outcome.said


def test_tests_do_not_touch_the_data_of_this_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUDUN_VAR", "/somewhere/of/an/office")
    script = "import os; assert 'hudun-var-' in os.environ['HUDUN_VAR']"
    assert tiers.run(tier(script)).state == "passed"


def test_every_test_belongs_to_a_tier_of_make_test_or_nightly() -> None:
    named = {name for tier_set in tiers.SETS.values() for name in tier_set}
    assert named == {tier.name for tier in tiers.TIERS}
