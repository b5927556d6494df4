"""A whole office in an empty folder: broker, dispatch, fleet, web and worker, to be killed.

`python -m tests.outage.play --dir DIR KILL…` with KILL = VICTIM@SECOND, the second counted from the
start of the sound in office time; before the start (negative) it is a tenth of real seconds after
the release, as long as the order is still on its way. Prints what came of it as JSON. It is a
program of its own because the office's clock and database are chosen before Django begins.
"""

from __future__ import annotations

import argparse
import json
import os
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hudun.demo.sound import prepare
from tools.migrated import empty_office
from tools.pg_cluster import Cluster, cluster

if TYPE_CHECKING:
    from hudun.affairs.soundings.models import Alert, Order
    from hudun.demo.clockwork import Clockwork
    from hudun.demo.crew import Crew
    from hudun.demo.keys import KeyRing
    from hudun.demo.net import Net
    from hudun.demo.seed import Demo

NOON = 1_793_505_600.0  # 2026-11-01 12:00 Beijing
RATE = 8.0  # once every siren has the order
LEAD_S = 110  # office time; enough for a dispatch that is killed before it has published
LIMIT_S = 50.0  # real seconds for anything
BEGINS_S = 15.0  # after the start of the fleet, by itself
DOWN_S = 0.5  # real seconds between a death and the restart


@dataclass(frozen=True)
class Kill:
    victim: str
    at: float

    @classmethod
    def parse(cls, text: str) -> Kill:
        victim, _, at = text.partition("@")
        return cls(victim, float(at))


@dataclass
class Play:
    demo: Demo
    crew: Crew
    clockwork: Clockwork
    postgres: Cluster | None
    url: str
    killed: list[str] = field(default_factory=list)

    def sound(self, kills: Sequence[Kill]) -> Order:
        """One live order of 空袭 to everybody, with deaths on the way."""
        order = _released(self.demo.keys)
        waiting = sorted(kills, key=lambda kill: kill.at)
        early = [kill for kill in waiting if kill.at < 0]
        released = time.monotonic()
        for kill in reversed(early):
            time.sleep(max(0.0, released - kill.at / 10 - time.monotonic()))
            self._kill(kill.victim)
        self._until(lambda: _accepted(order) == self.demo.sirens, "acceptance")
        begin = order.starts_at
        assert begin is not None
        self.clockwork.leap(begin.timestamp() - 3, RATE)
        for kill in waiting[len(early) :]:
            self._until(lambda at=kill.at: self.clockwork.now() >= begin.timestamp() + at, "time")  # type: ignore[misc]
            self._kill(kill.victim)
        self._until(lambda: _closed(order), "an end")
        with suppress(RuntimeError):  # words that were waiting for a dead process may come late
            self._until(lambda: _finished(order) == self.demo.sirens, "last words")
        self.clockwork.run(1.0)
        return order

    def watch(self) -> dict[str, Any]:
        """What the duty desk is told of a siren that nobody ordered to sound."""
        from hudun.affairs.soundings.models import Alert

        self._until(lambda: self._counted("sounding") > 0, "sound")
        heard = time.time()
        self._until(Alert.objects.filter(kind="unsolicited").exists, "alert")
        seconds = time.time() - heard
        time.sleep(3.0)  # whatever else may be said
        return {"seconds": seconds, "alerts": [_alert(one) for one in Alert.objects.all()]}

    def _counted(self, name: str) -> int:
        counters = json.loads((_var() / "counters.json").read_text())
        return int(counters[name])

    def _kill(self, victim: str) -> None:
        if victim == "postgres":
            assert self.postgres is not None
            self.postgres.kill()
            time.sleep(DOWN_S)
            self.postgres.start()
        else:
            self.crew.kill(victim)
            time.sleep(DOWN_S)
            self.crew.restart(victim)
        self.killed.append(victim)

    def _until(self, done: Callable[[], bool], what: str) -> None:
        give_up = time.monotonic() + LIMIT_S
        while not _asked(done):
            if dead := self.crew.dead():
                raise RuntimeError(f"{dead[0]} died by itself: {self.crew.last_words(dead[0])}")
            if time.monotonic() > give_up:
                raise RuntimeError(f"no {what}: {self.crew.last_words('dispatch')}")
            time.sleep(0.1)

    def outcome(self, orders: Sequence[Order]) -> dict[str, Any]:
        from hudun.core.journal.verify import verify

        self._until(self._web_answers, "web")
        return {
            "killed": self.killed,
            "sirens": self.demo.sirens,
            "accepted": self._counted("accepted"),
            "orders": [_told(order) for order in orders],
            "journal": [str(fault) for fault in verify()],
        }

    def _web_answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"{self.url}/login/", timeout=5) as page:
            return bool(page.status == 200)
        return False


def _alert(alert: Alert) -> dict[str, Any]:
    siren = alert.siren
    return {
        "kind": alert.kind,
        "number": alert.number,
        "place": siren.site_address,
        "keeper": siren.site_keeper,
        "phone": siren.site_phone,
        "going_on": alert.ended_at is None,
    }


def _told(order: Order) -> dict[str, Any]:
    """What the tables say of one order."""
    from hudun.affairs.soundings.models import Order, Receipt, Verdict
    from hudun.core.journal.models import JournalLine
    from hudun.wire.frames import State
    from hudun.wire.office import Verdict as Word

    now = Order.objects.get(pk=order.pk)
    lines = JournalLine.objects.filter(object_id=str(order.pk)).order_by("pk")
    receipts: dict[int, list[str]] = {}
    for row in Receipt.objects.about(order).order_by("siren", "number"):
        receipts.setdefault(row.siren, []).append(State(row.state).name)
    return {
        "state": now.state,
        "journal": [line.verb.removeprefix("soundings.") for line in lines],
        "verdicts": {row.siren: Word(row.verdict).name for row in Verdict.objects.of_order(order)},
        "receipts": receipts,
    }


def _released(ring: KeyRing) -> Order:
    from hudun.affairs.soundings import actions
    from hudun.affairs.soundings.drafting import release_payload
    from hudun.affairs.soundings.models import Issuer
    from hudun.core import clock
    from hudun.core.action import Actor
    from hudun.core.organ import User
    from hudun.demo.keys import LIVE
    from hudun.wire.cose import sign1
    from hudun.wire.frames import Mode, kid_octets

    wang, li = (Actor(User.objects.get(username=name), "cli", "test") for name in ("wang", "li"))
    order = actions.draft_immediate(
        wang, Issuer.objects.get().organ, mode=Mode.LIVE, signal="空袭", purpose="检验",
        target_kind="all",
    )  # fmt: skip
    kid, key = ring.open("wang", LIVE)
    order = actions.attach_signature(wang, order, sign1(bytes(order.payload), kid_octets(kid), key))
    kid, key = ring.open("li", LIVE)
    payload = release_payload(order, order.content.roster, clock.now(), LEAD_S)
    return actions.attach_release(li, order, sign1(payload, kid_octets(kid), key))


def _accepted(order: Order) -> int:
    from hudun.affairs.soundings.models import Receipt
    from hudun.wire.frames import State

    return Receipt.objects.about(order).filter(state=State.ACCEPTED.value).count()


def _finished(order: Order) -> int:
    from hudun.affairs.soundings.models import Verdict
    from hudun.wire.office import Verdict as Word

    return Verdict.objects.of_order(order).filter(verdict=Word.FINISHED.value).count()


def _closed(order: Order) -> bool:
    from hudun.affairs.soundings.models import Order

    return Order.objects.filter(pk=order.pk).exclude(closed_at=None).exists()


def _asked(question: Callable[[], bool]) -> bool:
    """A database that is down has not said yes."""
    from django.db import DatabaseError, connection

    try:
        return question()
    except DatabaseError:
        connection.close()
        return False


def _var() -> Path:
    from django.conf import settings

    return Path(settings.VAR)


@contextmanager
def play(
    directory: Path, sirens: int, postgres: Cluster | None, faults: Sequence[dict[str, Any]] = ()
) -> Iterator[Play]:
    import django

    django.setup()
    from django.core.management import call_command

    from hudun.affairs.soundings.models import SirenStatus
    from hudun.demo.clockwork import Clockwork
    from hudun.demo.crew import Crew
    from hudun.demo.net import Net, free_port
    from hudun.demo.seed import DISTRICT, seed

    clockwork = Clockwork(directory / "clock.json")
    clockwork.begin(NOON)
    if postgres is None:
        empty_office(directory)
    call_command("migrate", verbosity=0)
    demo = seed(sirens)
    (directory / "faults.json").write_text(json.dumps({"faults": list(faults)}))
    net = Net.prepare(demo)
    crew, port = Crew(directory / "log", net.environment), free_port()
    made = Play(demo, crew, clockwork, postgres, f"http://127.0.0.1:{port}")
    try:
        net.start_broker(crew)
        crew.start("dispatch", "dispatch")
        made._until((directory / "keys" / f"stop-{DISTRICT}.json").exists, "listening dispatch")
        _start_fleet(crew, net, directory)
        crew.start("worker", "worker")
        crew.start("web", "web", "--host", "127.0.0.1", "--port", str(port))
        heard = SirenStatus.objects.exclude(boot=None)
        made._until(lambda: heard.count() == sirens, "first words")
        yield made
    finally:
        crew.stop()


def _start_fleet(crew: Crew, net: Net, directory: Path) -> None:
    from hudun.demo.net import certs_path
    from hudun.demo.seed import fleet_path, roster_path

    crew.start(
        "fleet", "terminal", "--fleet", str(net.sirens), "--provision", str(fleet_path()),
        "--state", str(directory / "fleet.sqlite3"), "--roster", str(roster_path()),
        "--broker", net.url, "--ca", str(certs_path() / "ca.pem"),
        "--faults", str(directory / "faults.json"),
        "--counters", str(directory / "counters.json"),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--sirens", type=int, default=6)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--alone", type=int, metavar="SIREN", help="it sounds; nothing is ordered")
    parser.add_argument("kills", nargs="*", type=Kill.parse, metavar="VICTIM@SECOND")
    asked = parser.parse_args()
    prepare(asked.dir)
    with cluster(durable=True) if asked.postgres else nullcontext() as postgres:
        if postgres is not None:
            os.environ["DATABASE_URL"] = postgres.url
        own = {"siren": asked.alone, "fault": "sounds_by_itself", "at": BEGINS_S, "for": 600}
        with play(asked.dir, asked.sirens, postgres, [own] if asked.alone else []) as stage:
            told = stage.watch() if asked.alone else stage.outcome([stage.sound(asked.kills)])
            print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
