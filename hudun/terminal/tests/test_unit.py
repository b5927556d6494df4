"""What counts when: sound waits for the disk, silence does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hudun.terminal.fleet import make_fleet_provisions, read_members, write_members
from hudun.terminal.unit import BOOT, Unit
from hudun.wire.simulation.people import NOON, OFFICE, People
from hudun.wire.terminal import FrameArrived, LinkUp
from hudun.wire.terminal import step as real_step

PEOPLE = People()
MEMBER = make_fleet_provisions(1, {OFFICE: PEOPLE.trust}, seed="unit")[0]


class Beside:
    """A unit with a disk that a test can pull out."""

    def __init__(self) -> None:
        self.disk: dict[str, bytes] = {}
        self.now = float(NOON)
        self.start()

    def start(self) -> None:
        self.unit = Unit(MEMBER.provision, MEMBER.key, self.disk, lambda: self.now)

    def hear(self, *frames: bytes) -> None:
        for frame in frames:
            self.unit.take(FrameArrived(frame, "mqtt"))

    def save(self) -> None:
        for name, value in self.unit.turn():
            self.disk.pop(name, None)
            if value is not None:
                self.disk[name] = value

    def settle(self) -> int:
        self.save()
        return len(self.unit.settle())

    @property
    def on(self) -> bool:
        return self.unit.output(self.now).on

    def order(self, counter: int = 1) -> tuple[bytes, bytes]:
        order = PEOPLE.order(counter, programme=((3, 0),))
        return order, PEOPLE.release(order, start=0, released=NOON)


@pytest.fixture
def beside() -> Beside:
    beside = Beside()
    beside.hear(PEOPLE.roster())
    beside.settle()
    return beside


def test_sound_begins_when_the_disk_knows_of_it(beside: Beside) -> None:
    beside.hear(*beside.order())
    beside.save()
    assert not beside.on
    assert beside.unit.settle()
    assert beside.on


def test_silence_waits_for_no_disk(beside: Beside) -> None:
    beside.hear(*beside.order())
    beside.settle()
    beside.hear(PEOPLE.stop(1))
    beside.unit.turn()
    assert not beside.on


def test_a_kill_before_the_disk_is_as_if_nothing_had_come(beside: Beside) -> None:
    beside.hear(*beside.order())
    beside.unit.turn()  # never written
    beside.start()
    beside.settle()
    assert not beside.on
    beside.hear(*beside.order())
    beside.settle()
    assert beside.on


def test_after_a_kill_it_goes_on_and_its_boots_are_counted(beside: Beside) -> None:
    beside.hear(*beside.order())
    beside.settle()
    beside.start()
    assert beside.on and beside.unit.boot == 2
    beside.settle()
    assert beside.disk[BOOT] == b"2"
    beside.now += 200
    assert not beside.on


def test_an_event_that_breaks_the_machine_does_not_end_the_watch(
    beside: Beside, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def step(*words: object) -> object:
        if words[1] == LinkUp("mqtt"):
            raise RuntimeError("a bug")
        return real_step(*words)  # type: ignore[arg-type]

    monkeypatch.setattr("hudun.terminal.unit.step", step)
    beside.unit.take(LinkUp("mqtt"))
    beside.hear(*beside.order())
    beside.settle()
    assert beside.on and "LinkUp" in caplog.text


def test_members_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "members"
    members = make_fleet_provisions(3, {OFFICE: PEOPLE.trust}, [[1], [2, 3]], first=11, late_s=20)
    write_members(path, members)
    again = read_members(path)
    assert [m.provision for m in again] == [m.provision for m in members]
    assert [m.public for m in again] == [m.public for m in members]
    assert [sorted(m.provision.groups) for m in again] == [[1], [2, 3], [1]]
    assert len({m.password for m in members}) == 3
    assert path.stat().st_mode & 0o077 == 0


def test_seeded_members_are_the_same_each_time() -> None:
    assert make_fleet_provisions(2, {}, seed="a") != make_fleet_provisions(2, {}, seed="b")
    one, two = (make_fleet_provisions(1, {OFFICE: PEOPLE.trust}, seed="a")[0] for _ in "12")
    assert one.public == two.public and one.password == two.password
