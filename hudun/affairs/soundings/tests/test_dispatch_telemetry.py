"""Health, alerts, and who may speak to the office."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import (
    Alert,
    Health,
    Receipt,
    SirenStatus,
)
from hudun.affairs.soundings.testing import (
    Box,
    Net,
    Office,
    Time,
    key_for,
    make_siren,
)
from hudun.core import clock
from hudun.core.live.models import Change
from hudun.wire.cose import sign1, take_apart
from hudun.wire.frames import Health as HealthFrame
from hudun.wire.frames import Mode, siren_kid

pytestmark = pytest.mark.django_db


def test_a_siren_that_sounds_by_itself_is_an_alert_at_once(
    net: Net, office: Office, time: Time
) -> None:
    net.run_for(time, 30, 5)
    newest = Change.objects.newest()
    net.boxes[2].sounds_by_itself = True
    net.run_for(time, 3, 1)
    alert = Alert.objects.open().get()
    assert (alert.kind, alert.number, alert.siren.site_phone) == (
        "unsolicited", 2, "0731-85000000",
    )  # fmt: skip
    assert "alerts" in Change.objects.after(newest).values_list("topic", flat=True)
    assert SirenStatus.objects.get(siren=2).unsolicited
    net.boxes[2].sounds_by_itself = False
    net.run_for(time, 10, 1)
    alert.refresh_from_db()
    assert alert.ended_at is not None
    assert not SirenStatus.objects.get(siren=2).unsolicited
    told = actions.acknowledge_alert(office.cast.actor("wang"), alert)
    assert (told.state, told.acknowledged_by) == ("acknowledged", office.cast.wang)


def test_a_siren_not_heard_for_three_minutes_is_lost_and_found(
    net: Net, office: Office, time: Time
) -> None:
    net.run_for(time, 60, 10)
    net.boxes[3].offline = True
    net.run_for(time, 170, 10)
    assert not Alert.objects.exists()
    net.run_for(time, 80, 10)
    alert = Alert.objects.get()
    assert (alert.kind, alert.number) == ("lost", 3)
    assert SirenStatus.objects.get(siren=3).lost
    net.boxes[3].offline = False
    net.run_for(time, 70, 5)
    alert.refresh_from_db()
    assert alert.ended_at is not None
    assert not SirenStatus.objects.get(siren=3).lost


def test_nobody_is_lost_because_our_own_line_was_down(net: Net, office: Office, time: Time) -> None:
    net.run_for(time, 60, 10)
    net.link.cut()
    net.run_for(time, 600, 60)
    net.link.mend()
    net.run_for(time, 120, 10)
    assert not Alert.objects.exists()


def test_a_fault_is_told_once_and_ends(net: Net, office: Office, time: Time) -> None:
    from hudun.wire.terminal import Measured

    net.run_for(time, 10, 5)
    net.boxes[1].give(Measured(True, 12, False, False, 20))
    net.run_for(time, 130, 10)
    alert = Alert.objects.get()
    assert (alert.kind, alert.text) == ("fault", "功放自检失败、电池 12 %")
    net.kill()
    net.run_for(time, 70, 10)
    assert Alert.objects.count() == 1
    net.boxes[1].give(Measured(True, 90, True, False, 20))
    net.run_for(time, 70, 10)
    alert.refresh_from_db()
    assert alert.ended_at is not None


def test_health_is_kept_and_the_latest_shown(net: Net, office: Office, time: Time) -> None:
    net.run_for(time, 185, 5)
    assert Health.objects.filter(siren=1).count() >= 3
    status = SirenStatus.objects.get(siren=1)
    assert (status.mains, status.battery_percent, status.celsius) == (True, 100, 21)
    assert status.last_word_at is not None
    assert clock.now() - status.last_word_at <= timedelta(seconds=60)


def test_only_the_terminal_itself_is_heard(net: Net, office: Office, time: Time) -> None:
    net.run_for(time, 10, 5)
    before = Receipt.objects.count(), Health.objects.count()
    forged = sign1(b"\x00", siren_kid(2), key_for("siren 1"))
    for topic in ("hudun/430103/t/2/up", "hudun/430103/t/99/up", "hudun/411102/t/1/up", "x"):
        net.dispatcher.hear(topic, forged, False)
    net.run_for(time, 1, 1)
    assert (Receipt.objects.count(), Health.objects.count()) == before


def test_a_lying_terminal_harms_nobody_s_rows(net: Net, office: Office, time: Time) -> None:
    """A stolen terminal key may say anything: absurd numbers, a NUL; the others are stored."""
    net.run_for(time, 10, 5)
    absurd = HealthFrame(
        2, 1 << 52, (1 << 53) - 1, None, True, 1 << 50, False, None, -(1 << 70), True,
        ((430103, 1 << 40),), "a\x00b",
    )  # fmt: skip
    net.dispatcher.hear(
        "hudun/430103/t/2/up", sign1(absurd.encode(), siren_kid(2), key_for("siren 2")), False
    )
    net.boxes[1].start()
    net.run_for(time, 2, 1)
    stored = Health.objects.get(siren=2, boot=1 << 52)
    assert (stored.firmware, stored.celsius) == ("ab", -32767)
    assert SirenStatus.objects.get(siren=1).boot == 2


def test_a_retained_message_is_not_heard(net: Net, office: Office, time: Time) -> None:
    net.run_for(time, 10, 5)
    before = Health.objects.count()
    fresh = HealthFrame(1, 9, 9, None, None, None, None, None, None, None, (), "x")
    frame = sign1(fresh.encode(), siren_kid(1), key_for("siren 1"))
    net.dispatcher.hear("hudun/430103/t/1/up", frame, True)
    net.run_for(time, 1, 1)
    assert Health.objects.count() == before


def test_a_new_siren_is_heard_without_a_restart(net: Net, office: Office, time: Time) -> None:
    make_siren(office, 4)
    net.boxes[4] = Box(office, 4)
    net.run_for(time, 70, 5)
    assert SirenStatus.objects.filter(siren=4).exists()


def test_a_receipt_s_digest_stays_verifiable(net: Net, office: Office, time: Time) -> None:
    office.immediate(Mode.LIVE)
    net.run_for(time, 3, 1)
    row = Receipt.objects.filter(siren=1).first()
    assert row is not None
    envelope = take_apart(bytes(row.frame))
    assert envelope.signed_by(key_for("siren 1").public_key().public_bytes_raw())
    assert not replace(envelope, payload=b"x").signed_by(
        key_for("siren 1").public_key().public_bytes_raw()
    )
