"""The database side of dispatch. Plain functions of one thread; every one may raise
``django.db.Error`` and may then be called again."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db import DataError, IntegrityError, connection
from django.db.models import Count, Max

from hudun.affairs.soundings.models import (
    Alert,
    Issuer,
    Receipt,
    StopFrame,
    StopOrder,
    moment,
)
from hudun.assets.sirens.models import Siren
from hudun.core.action import Actor, together
from hudun.core.live.announce import announce
from hudun.wire.frames import State

from .batch import ATTEMPTS, HEALTH, RECEIPTS, VERDICTS, AlertBegins, AlertEnds, Batch, News
from .board import STATUS
from .bulk import Row, Table
from .lock import SessionLock
from .settling import settle

A_SECOND_MS = 1000  # what a terminal's clock may be behind

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a siren stands in the tables."""

    pk: UUID
    organ: UUID
    public: bytes


@dataclass
class Store:
    """``orders`` is by counter; it grows as orders are taken up."""

    issuer: Issuer
    orders: dict[int, UUID] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    lock: SessionLock = field(default_factory=SessionLock)

    @property
    def office(self) -> int:
        return self.issuer.number

    @property
    def actor(self) -> Actor:
        return Actor.system(self.issuer.organ, "dispatch")

    def find_sirens(self) -> dict[int, bytes]:
        """The public keys of all terminals, by siren."""
        rows = Siren.objects.filter(office=self.issuer.organ).standing().with_terminal()
        self.places = {
            number: Place(pk, organ, bytes.fromhex(key or ""))
            for number, pk, organ, key in rows.values_list(
                "number", "pk", "organ_id", "terminal_key"
            )
        }
        return {number: place.public for number, place in self.places.items()}

    def commit(self, batch: Batch, news: News) -> None:
        """Everything in one transaction; writing the same batch again changes nothing."""
        try:
            self._commit(batch, news, Table.insert)
        except (DataError, IntegrityError):
            log.exception("a batch that cannot be stored as a whole")
            self._commit(batch, news, Table.insert_singly)

    def _commit(
        self, batch: Batch, news: News, insert: Callable[[Table, Sequence[Row]], None]
    ) -> None:
        with together():
            insert(RECEIPTS, batch.receipts)
            insert(HEALTH, list(batch.health.values()))
            insert(ATTEMPTS, batch.attempts)
            insert(VERDICTS, self._verdict_rows(batch))
            insert(STATUS, batch.statuses)
            self._alerts(batch)
            self._stops(batch)
            settle(self.actor, [self.orders[counter] for counter in batch.closed])
            self._tell(news)

    def _verdict_rows(self, batch: Batch) -> list[Row]:
        return [
            (self.orders[counter], siren, position, *row)
            for (counter, siren, position), row in batch.verdicts.items()
        ]

    def _alerts(self, batch: Batch) -> None:
        for alert in batch.alerts:
            place = self.places.get(alert.siren)
            if place is None:
                continue
            if isinstance(alert, AlertBegins):
                self._begin(place, alert)
            else:
                self._end(place, alert)
        if batch.alerts:
            announce("alerts", self.issuer.organ, {"sirens": [a.siren for a in batch.alerts]})

    def _begin(self, place: Place, alert: AlertBegins) -> None:
        Alert.objects.bulk_create(
            [
                Alert(
                    organ_id=place.organ, kind=alert.kind, siren_id=place.pk,
                    number=alert.siren, began_at=alert.at, text=alert.text,
                )
            ],
            ignore_conflicts=True,
        )  # fmt: skip

    def _end(self, place: Place, alert: AlertEnds) -> None:
        going_on = Alert.objects.going_on().filter(siren_id=place.pk, kind=alert.kind)
        going_on.update(ended_at=alert.at)

    def _stops(self, batch: Batch) -> None:
        for ended in batch.stopped:
            moment = datetime.fromtimestamp(ended.at, UTC)
            StopFrame.objects.filter(issuer=self.issuer, upto=ended.upto).update(ended_at=moment)
        for upto in batch.silent:
            self._count_silent(upto)

    def _count_silent(self, upto: int) -> None:
        """How many terminals of the press have said that they are silent; when the last one that
        had sounded did, or the last of all where none had."""
        stop = StopOrder.objects.filter(frames__issuer=self.issuer, frames__upto=upto).first()
        if stop is None:
            return
        numbers = list(stop.frames.values_list("upto", flat=True))
        words = Receipt.objects.filter(office=self.office)
        said = words.filter(counter__in=numbers, state=State.STOPPED.value)
        counted = said.aggregate(silent=Count("siren", distinct=True), last=Max("at_ms"))
        cut_off = words.filter(
            state=State.INTERRUPTED.value, siren__in=said.values("siren"), counter__lte=upto,
            at_ms__gte=int(stop.pressed_at.timestamp() * 1000) - A_SECOND_MS,
        ).aggregate(last=Max("at_ms"))  # fmt: skip
        StopOrder.objects.filter(pk=stop.pk).update(
            silent=counted["silent"], last_silent_at=moment(cut_off["last"] or counted["last"])
        )

    def _tell(self, news: News) -> None:
        if news.sirens:
            announce("sirens", self.issuer.organ, {"sirens": sorted(news.sirens)})
        orders = [str(self.orders[c]) for c in sorted(news.orders) if c in self.orders]
        if orders:
            announce("orders", self.issuer.organ, {"orders": orders})
        if news.stops:
            announce("stops", self.issuer.organ, {"upto": sorted(news.stops)})

    def published(self, uptos: Iterable[int], now: datetime) -> None:
        """These stop frames have been handed to the broker."""
        frames = StopFrame.objects.filter(
            issuer=self.issuer, upto__in=list(uptos), published_at=None
        )
        stops = list(frames.values_list("stop", flat=True))
        frames.update(published_at=now)
        StopOrder.objects.filter(pk__in=stops, published_at=None).update(published_at=now)


def reconnect() -> None:
    """After an error: the next question opens a new connection."""
    if not connection.in_atomic_block:
        connection.close()
