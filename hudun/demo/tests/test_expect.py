from hudun.demo.expect import Signal, expect
from hudun.terminal.fleet.faults import Fault
from hudun.wire.signals import NATIONAL

PROGRAMME = [Signal(0, NATIONAL[1]), Signal(480, NATIONAL[2]), Signal(960, NATIONAL[3])]
DAYS = 12 * 86_400.0


def words(*faults: Fault) -> list[str]:
    return ["|".join(sorted(one.verdicts)) for one in expect(faults, PROGRAMME, DAYS, 120)]


def accurate(*faults: Fault) -> list[bool | None]:
    return [one.accurate for one in expect(faults, PROGRAMME, DAYS, 120)]


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
