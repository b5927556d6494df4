"""The last resort: a queue that came as a file. It is read in bounds and delivered as over the
network; what one record lacks does not hold up the others."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

from hudun.affairs.inspections.actions import receive_photo, receive_visit
from hudun.affairs.inspections.finding import find_plate
from hudun.affairs.inspections.models import Visit
from hudun.core.action import Actor
from hudun.core.attachment.admit import MAX_BYTES
from hudun.core.error import Problem
from hudun.core.organ import User

FORMAT = "hudun-queue/1"
MOST_ENTRIES = 5_000
MOST_JSON = 2 * 1024 * 1024


@dataclass
class Delivered:
    """What became of one record of the file."""

    id: str
    visit: Visit | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def promised(self) -> int:
        return self.visit.promised.count() if self.visit else 0

    @property
    def received(self) -> int:
        return self.visit.promised.exclude(received_at=None).count() if self.visit else 0

    def as_json(self) -> dict[str, Any]:
        return {
            "visit": self.id,
            "promised": self.promised,
            "received": self.received,
            "complete": self.visit is not None and self.received == self.promised,
            "problems": [problem.as_json() for problem in self.problems],
        }


class QueueFile:
    def __init__(self, file: IO[bytes]) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Problem("422.77", reason="不是 ZIP") from error
        self.names = {info.filename: info for info in self.zip.infolist()}
        if len(self.names) > MOST_ENTRIES:
            raise Problem("422.77", reason=f"超过 {MOST_ENTRIES} 个文件")
        about = self._json("queue.json")
        if about.get("format") != FORMAT:
            raise Problem("422.77", reason="格式不认识")
        self.person = _id((about.get("person") or {}).get("id"))
        self.device = str(about.get("device") or "")[:36]

    def packages(self) -> Iterator[dict[str, Any]]:
        for name in sorted(self.names):
            if name.startswith("visits/"):
                yield self._json(name)

    def photo(self, pk: UUID) -> bytes:
        name = f"photos/{pk}.jpg"
        if name not in self.names:
            raise Problem("422.78")
        return self._read(name, MAX_BYTES)

    def _json(self, name: str) -> dict[str, Any]:
        try:
            said = json.loads(self._read(name, MOST_JSON))
        except ValueError as error:
            raise Problem("422.77", reason=f"{name} 读不出") from error
        if not isinstance(said, dict):
            raise Problem("422.77", reason=f"{name} 读不出")
        return said

    def _read(self, name: str, most: int) -> bytes:
        """Never more than `most`, whatever the header of the entry says."""
        try:
            with self.zip.open(name) as entry:
                data = entry.read(most + 1)
        except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise Problem("422.77", reason=f"{name} 读不出") from error
        if len(data) > most:
            raise Problem("422.77", reason=f"{name} 太大")
        return data


def take_in(actor: Actor, file: IO[bytes]) -> list[Delivered]:
    """`actor` hands the file in; the inspector is the person whose phone it came from."""
    queue = QueueFile(file)
    inspector = User.objects.filter(pk=queue.person).first()
    if inspector is None:
        raise Problem("422.77", reason="没有写明是谁的手机")
    return [_deliver(actor, inspector, queue, package) for package in queue.packages()]


def _deliver(actor: Actor, inspector: User, queue: QueueFile, package: dict[str, Any]) -> Delivered:
    done = Delivered(str(package.get("visit", "")))
    assert actor.user is not None
    try:
        plate = find_plate(actor.user, str(package.get("plate", "")))
        done.visit = receive_visit(actor, plate, package, inspector)
    except Problem as problem:
        done.problems.append(problem)
        return done
    for promise in done.visit.promised.filter(received_at=None):
        try:
            receive_photo(actor, done.visit, promise.pk, queue.photo(promise.pk))
        except Problem as problem:
            done.problems.append(problem)
    return done


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
