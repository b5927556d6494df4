"""A process says that it lives, every five seconds, until it ends."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.db import close_old_connections, connection

from hudun.core import clock
from hudun.core.processes.models import Heartbeat

log = logging.getLogger(__name__)

PERIOD = 5.0  # seconds
FORGOTTEN = timedelta(days=1)


@contextmanager
def heartbeat(name: str) -> Iterator[Heartbeat]:
    """`with heartbeat("dispatch"): …`"""
    beat = _begin(name)
    stop = Event()
    thread = Thread(target=_beat, args=(beat, stop), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield beat
    finally:
        stop.set()
        thread.join(PERIOD)
        Heartbeat.objects.filter(pk=beat.pk).delete()


def _begin(name: str) -> Heartbeat:
    moment = clock.wall()
    Heartbeat.objects.filter(at__lt=moment - FORGOTTEN).delete()
    host = socket.gethostname()
    return Heartbeat.objects.create(name=name, pid=os.getpid(), host=host, since=moment, at=moment)


def _beat(beat: Heartbeat, stop: Event) -> None:
    while not stop.wait(PERIOD):
        try:
            close_old_connections()
            Heartbeat.objects.filter(pk=beat.pk).update(at=clock.wall())
        except Exception:
            log.exception("heartbeat of %s missed", beat.name)
    connection.close()
