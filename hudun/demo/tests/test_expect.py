from hudun.demo.expect import Signal, Times, expect, must_be_noticed
from hudun.terminal.fleet.faults import Fault
from hudun.wire.signals import NATIONAL

PROGRAMME = [Signal(0, NATIONAL[1]), Signal(480, NATIONAL[2]), Signal(960, NATIONAL[3])]
DAYS = 12 * 86_400.0
TIMES = Times(DAYS, patience_s=120, awake_s=60)


def words(*faults: Fault) -> list[str]:
    return ["|".join(sorted(one.verdicts)) for one in expect(faults, PROGRAMME, TIMES)]


def accurate(*faults: Fault) -> list[bool | None]:
    return [one.accurate for one in expect(faults, PROGRAMME, TIMES)]


def test_a_sound_siren_finishes_and_is_accurate() -> None:
    assert words() == ["finished"] * 3
    assert accurate() == [True] * 3


def test_each_lasting_fault() -> None:
    assert words(Fault(1, "offline")) == ["unreachable"] * 3
    assert words(Fault(1, "dead_amplifier")) == ["silent"] * 3
    assert words(Fault(1, "no_evidence")) == ["unproved"] * 3
    assert words(Fault(1, "slow", seconds=5)) == ["finished"] * 3


def test_a_wrong_clock_is_late_or_early_but_sounds() -> None:
    assert accurate(Fault(1, "clock_off", seconds=3)) == [False] * 3
    assert accurate(Fault(1, "clock_off", seconds=-0.5)) == [True] * 3
    assert words(Fault(1, "clock_off", seconds=DAYS + 1)) == ["refused"] * 3
    assert words(Fault(1, "clock_off", seconds=-500)) == ["silent"] * 3


def test_a_reboot_spoils_the_signal_it_falls_into() -> None:
    middle = Fault(1, "reboot", at=30, duration=40, signal=1)
    assert words(middle) == ["finished", "interrupted", "finished"]
    between = Fault(1, "reboot", at=-200, duration=60, signal=1)
    assert words(between) == ["finished"] * 3
    pause = Fault(1, "reboot", at=37, duration=20, signal=0)
    assert words(pause) == ["finished"] * 3
    short = Fault(1, "reboot", at=30, duration=5, signal=2)
    assert words(short) == ["finished", "finished", "finished|interrupted"]
    asleep = Fault(1, "reboot", at=-10, duration=220, signal=1)
    assert words(asleep) == ["finished", "silent", "finished"]


def test_the_dead_amplifier_outweighs_the_reboot() -> None:
    faults = (Fault(1, "dead_amplifier"), Fault(1, "reboot", at=30, duration=40, signal=1))
    assert words(*faults) == ["silent"] * 3


def test_a_clock_days_ahead_lets_the_start_pass_while_the_power_is_off() -> None:
    week = Fault(1, "clock_off", seconds=7 * 86_400)
    assert words(week) == ["silent"] * 3
    assert words(week, Fault(1, "no_evidence")) == ["silent"] * 3
    early = Fault(1, "clock_off", seconds=60 + 500)  # awake in the middle of the second signal
    assert words(early)[0] == "silent"
    assert words(early)[2] == "finished"
    assert "silent" in words(early)[1].split("|")


def own(at: float, duration: float, signal: int | None = 1, *more: Fault) -> bool:
    fault = Fault(1, "sounds_by_itself", at=at, duration=duration, signal=signal)
    return must_be_noticed([fault, *more], PROGRAMME, TIMES)


def test_what_sounds_between_the_signals_must_be_noticed() -> None:
    assert own(-120, 30)
    assert own(-1, 400)
    assert own(20, 10, None)
    assert own(-120, 30, 1, Fault(1, "dead_amplifier"))


def test_what_nobody_could_tell_from_a_signal_need_not_be() -> None:
    assert not own(10, 20)  # while the signal is due
    assert not own(-60, 1)  # too short
    assert not own(-5000, 30)  # before the power came back
    assert not own(5000, 30)  # after the office has listened
    assert not own(100_000, 30, None)
    assert not own(-120, 30, 1, Fault(1, "no_evidence"))
    assert not own(-120, 30, 1, Fault(1, "clock_off", seconds=DAYS + 1))
    assert not must_be_noticed([], PROGRAMME, TIMES)
