"""The worker sends what is due, outside any transaction.

A row is claimed by a conditional update before it is carried out, so no row is carried twice. A
worker that is killed in the middle leaves a row of which nobody knows whether it arrived: it is
called lost after the lease, and a new row takes its place.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from hudun.core import clock

from .carry import Undelivered, carry
from .models import Sending

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_TRIES = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
"""Twelve tries reach over about twenty hours: a night without a mail server."""


def send_due(most: int = 1) -> int:
    """One at a time by default, so that a slow mail server keeps nothing else waiting."""
    _give_up_lost()
    due = Sending.objects.due().select_related("message__person", "message__unit", "channel")
    return sum(_send(sending) for sending in due[:most])


def wait_after(tries: int) -> timedelta:
    wait: timedelta = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    return wait


def _send(sending: Sending) -> bool:
    mine = Sending.objects.filter(pk=sending.pk, state="waiting")
    if not mine.update(state="sending", began_at=clock.wall()):
        return False
    try:
        carry(sending)
    except Exception as error:
        log.warning("message %s not sent: %s", sending.pk, error)
        _failed(sending, "failed", _said(error))
    else:
        _end(sending, "sent", "", clock.now())
    return True


def _said(error: Exception) -> str:
    if isinstance(error, Undelivered):
        return str(error)[:1000]
    return f"{type(error).__name__}：{error}"[:1000]


def _give_up_lost() -> None:
    old = Sending.objects.filter(state="sending", began_at__lt=clock.wall() - LEASE)
    for sending in old:
        _failed(sending, "lost", "发送进程中断，不知是否送达")


def _failed(sending: Sending, state: str, fault: str) -> None:
    """A further row, or the dead letter."""
    now, last = clock.now(), sending.try_number >= MOST_TRIES
    with transaction.atomic():
        if _end(sending, "dead" if last else state, fault, now) and not last:
            again(sending, now + wait_after(sending.try_number), sending.try_number + 1)


def _end(sending: Sending, state: str, fault: str, now: datetime) -> int:
    mine = Sending.objects.filter(pk=sending.pk, state="sending")
    return mine.update(state=state, fault=fault, ended_at=now)


def again(sending: Sending, due_at: datetime, try_number: int) -> Sending:
    return Sending.objects.create(
        message=sending.message,
        organ=sending.organ,
        channel=sending.channel,
        address=sending.address,
        try_number=try_number,
        again_of=sending,
        due_at=due_at,
    )
