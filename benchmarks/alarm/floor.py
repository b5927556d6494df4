"""An office with its processes in an empty folder: broker, dispatch and a fleet of terminals."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Attempt, Order, Receipt, SirenStatus
from hudun.affairs.soundings.testing import Office, make_office
from hudun.assets.sirens.models import Siren
from hudun.core.testing import make_cast, make_stage
from hudun.demo.crew import Crew
from hudun.demo.net import free_port
from hudun.runtime.broker import dispatcher, write_access
from hudun.runtime.certs import Authority
from hudun.terminal.fleet import Member, make_fleet_provisions, write_members
from hudun.wire.frames import Mode, State
from hudun.wire.terminal import IssuerTrust

HOST, WORD = "127.0.0.1", "bench"
PATIENCE_S = 240.0
LOOK_S = 0.05  # how finely the database is watched: part of the figure, and so is its cost


@dataclass
class Floor:
    directory: Path
    office: Office
    members: list[Member]
    crew: Crew
    port: int
    tls: bool

    @property
    def counters(self) -> dict[str, Any]:
        path = self.directory / "counters.json"
        known: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        return known

    @property
    def roster(self) -> bytes:
        return bytes(self.office.issuer.rosters.get().frame)

    def start(self) -> None:
        """Returns when every terminal is connected and dispatch has heard of each."""
        scheme = "mqtts" if self.tls else "mqtt"
        ca = ("--ca", str(self.directory / "certs" / "ca.pem")) if self.tls else ()
        (self.directory / "roster.cbor").write_bytes(self.roster)
        self.crew.start("dispatch", "dispatch", *ca)
        self.crew.start(
            "fleet", "terminal", "--fleet", str(len(self.members)),
            "--provision", str(self.directory / "fleet.jsonl"),
            "--state", str(self.directory / "fleet.sqlite3"),
            "--roster", str(self.directory / "roster.cbor"),
            "--counters", str(self.directory / "counters.json"),
            "--broker", f"{scheme}://{HOST}:{self.port}", *ca,
        )  # fmt: skip
        self.wait(lambda: self.counters.get("connected") == len(self.members), "sessions")
        self.wait(lambda: _heard() == len(self.members), "first words")

    def start_broker(self) -> None:
        certs = ("--certs", str(self.directory / "certs")) if self.tls else ()
        self.crew.start(
            "broker", "broker", "--kind", "mosquitto", "--dir", str(self.directory / "broker"),
            "--port", str(self.port), *certs,
        )  # fmt: skip
        time.sleep(1.0)

    def wait(self, done: Callable[[], bool], what: str, look_s: float = 0.2) -> float:
        """The moment at which it was seen to be done."""
        give_up = time.monotonic() + PATIENCE_S
        while not done():
            if dead := self.crew.dead():
                raise RuntimeError(f"{dead[0]} died: {self.crew.last_words(dead[0])}")
            if time.monotonic() > give_up:
                raise RuntimeError(f"no {what} in {PATIENCE_S:.0f} s")
            time.sleep(look_s)
        return time.time()

    # one alarm

    def order(self, lead_s: int) -> Order:
        """A live order to everybody, released by a second person: 解除, one steady tone."""
        wang, li = (self.office.cast.actor(name) for name in ("wang", "li"))
        order = actions.draft_immediate(
            wang, self.office.issuer.organ, mode=Mode.LIVE, signal="解除", purpose="测速",
            target_kind="all",
        )  # fmt: skip
        order = self.office.signed(order)
        return actions.attach_release(li, order, self.office.release_frame(order, lead_s=lead_s))

    def fan_out(self, lead_s: int) -> float:
        """Seconds from the publishing of an order to the last committed `accepted`."""
        order, count = self.order(lead_s), len(self.members)
        said = Receipt.objects.about(order).filter(state=State.ACCEPTED.value)
        last = self.wait(lambda: said.count() == count, "receipts", LOOK_S)
        published = Attempt.objects.get(counter=order.counter, siren=None, what="order")
        return last - published.at_ms / 1000

    def stop(self) -> float:
        """The moment of the press; returns when every terminal's word about it is committed."""
        pressed, count = time.time(), len(self.members)
        stop = self.office.stop()
        frame = stop.frames.get()
        said = Receipt.objects.filter(counter=frame.upto, state=State.STOPPED.value)
        self.wait(lambda: said.count() == count, "words about the stop")
        return pressed

    def silence(self, lead_s: int) -> float:
        """Seconds from the press of stop to the last driver silent, while all of them sound."""
        order, count = self.order(lead_s), len(self.members)
        sounding = Receipt.objects.about(order).filter(state=State.SOUNDING.value)
        self.wait(lambda: self.counters["sounding"] == count, "sound")
        self.wait(lambda: sounding.count() == count, "words about the sound")
        time.sleep(4.5)  # until the last lazy acknowledgement is out
        pressed = self.stop()
        self.wait(lambda: self.counters["silent_since"] is not None, "silence")
        return float(self.counters["silent_since"]) - pressed


@contextmanager
def floor(directory: Path, count: int, *, tls: bool) -> Iterator[Floor]:
    """The database of this process, empty so far, becomes the office's."""
    _allow_many_sockets()
    call_command("migrate", verbosity=0)
    office = make_office(make_cast(make_stage()))
    trust = {office.issuer.number: IssuerTrust(office.issuer.roots)}
    members = make_fleet_provisions(count, trust)
    _mount(office, members)
    write_members(directory / "fleet.jsonl", members)
    account, port = dispatcher(office.issuer.number), free_port()
    passwords = {str(member.siren): member.password for member in members}
    write_access(directory / "broker", [office.issuer.number], passwords | {account: WORD})
    if tls:
        Authority.create(directory / "certs", "bench").server([HOST])
    scheme = "mqtts" if tls else "mqtt"
    environment = {"HUDUN_BROKER": f"{scheme}://{account}:{WORD}@{HOST}:{port}"}
    made = Floor(directory, office, members, Crew(directory / "log", environment), port, tls)
    try:
        made.start_broker()
        yield made
    finally:
        made.crew.stop()


def _mount(office: Office, members: list[Member]) -> None:
    Siren.objects.bulk_create(
        Siren(
            organ=office.cast.stage.chengnanlu, office=office.issuer.organ, number=member.siren,
            name=f"{member.siren} 号警报器", kind="electronic", state="in_service",
            terminal_key=member.public.hex(),
        )
        for member in members
    )  # fmt: skip


def _heard() -> int:
    return SirenStatus.objects.exclude(boot=None).count()


def _allow_many_sockets() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
