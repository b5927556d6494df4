"""The octets that people sign: orders, lists, releases and stops, built by the office.

Whoever signs decodes these octets for themselves; nothing here is trusted by a terminal.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hudun.wire.cose import digest, frame_octets
from hudun.wire.frames import SHORT_FRAME, Mode, Release, SirenList, Stop, Target
from hudun.wire.frames import Order as OrderFrame

from .models import Issuer, Order
from .targets import Aim

SPARE_S = 600
"""An order lives this long past its last second: a siren that reboots then still goes on."""


@dataclass(frozen=True)
class Draft:
    """``steps``: (signal number, seconds after the start). ``starts_at`` None: immediate."""

    mode: Mode
    steps: tuple[tuple[int, int], ...]
    seconds: int
    starts_at: datetime | None


@dataclass(frozen=True)
class Drafted:
    counter: int
    payload: bytes
    list_payload: bytes
    expires_at: datetime


def draft_frame(
    issuer: Issuer, roster: int, draft: Draft, aim: Aim, now: datetime, arm_window_s: int
) -> Drafted:
    """Takes the next counter of the issuer, and the next list number where a list is needed."""
    take_counter(issuer)
    named = Target(group=aim.group) if aim.group is not None else Target(sirens=aim.numbers)
    frame = order_frame(issuer, roster, issuer.last_counter, draft, named, now, arm_window_s)
    list_payload = b""
    if aim.needs_list or not _is_short(frame):
        listed = _list(issuer, aim)
        frame = replace(frame, target=Target(list_number=listed.number))
        list_payload = listed.encode()
    expires_at = datetime.fromtimestamp(frame.expires_at, now.tzinfo)
    return Drafted(frame.counter, frame.encode(), list_payload, expires_at)


def order_frame(
    issuer: Issuer,
    roster: int,
    counter: int,
    draft: Draft,
    target: Target,
    now: datetime,
    arm_window_s: int,
) -> OrderFrame:
    issued = int(now.timestamp())
    start = None if draft.starts_at is None else int(draft.starts_at.timestamp()) - issued
    begins = 2 * arm_window_s if start is None else start  # a release and its lead, at the latest
    return OrderFrame(
        issuer.number, roster, counter, issued, begins + draft.seconds + SPARE_S, draft.mode,
        start, draft.steps, target,
    )  # fmt: skip


def redraft_frame(order: Order, roster: int, now: datetime, arm_window_s: int) -> OrderFrame:
    """The same order issued now: for one whose arm window ran out before anybody signed."""
    old = order.content
    draft = Draft(
        old.mode, old.programme, order.seconds, None if order.immediate else order.starts_at
    )
    return order_frame(order.issuer, roster, old.counter, draft, old.target, now, arm_window_s)


def release_payload(order: Order, roster: int, now: datetime, lead_s: int) -> bytes:
    """What the second person signs for this order if they sign now."""
    start = lead_s if order.immediate else None
    return Release(
        order.issuer.number, roster, order.counter, digest_of(order), int(now.timestamp()), start
    ).encode()


def digest_of(order: Order) -> bytes:
    frames = [bytes(order.frame), bytes(order.list_frame)]
    return digest(*(frame for frame in frames if frame))


def stop_payload(
    issuer: Issuer, roster: int, upto: int, target: Target, now: datetime, life_s: int
) -> bytes:
    issued = int(now.timestamp())
    return Stop(issuer.number, roster, upto, issued, life_s, target).encode()


def take_counter(issuer: Issuer) -> int:
    """The next number; the issuer's row is locked until the end of the transaction."""
    fresh = Issuer.objects.select_for_update().get(pk=issuer.pk)
    issuer.last_counter = fresh.last_counter + 1
    issuer.last_list = fresh.last_list
    issuer.save(update_fields=["last_counter"])
    return issuer.last_counter


def seconds_between(start: datetime, end: datetime) -> int:
    return int((end - start) / timedelta(seconds=1))


def _is_short(frame: OrderFrame) -> bool:
    return frame_octets(frame.encode()) <= SHORT_FRAME


def _list(issuer: Issuer, aim: Aim) -> SirenList:
    issuer.last_list += 1
    issuer.save(update_fields=["last_list"])
    return SirenList(issuer.number, issuer.last_list, aim.numbers)
