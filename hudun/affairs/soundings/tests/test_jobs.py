"""The weekly silent test, and old telemetry."""

from datetime import UTC, datetime, timedelta

import pytest

from hudun.affairs.soundings import jobs
from hudun.affairs.soundings.models import Health, Order
from hudun.affairs.soundings.testing import Office, Time, make_siren
from hudun.core.journal.models import JournalLine
from hudun.wire.frames import Mode

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 10, 26, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _siren(office: Office) -> None:
    make_siren(office, 1)


def test_every_monday_the_net_is_tested_silently(office: Office, time: Time) -> None:
    time.set(MONDAY)
    jobs.test_silently()
    order = Order.objects.get()
    assert (order.wire_mode, order.state, order.purpose) == (Mode.SILENT, "released", "静默测试")
    line = JournalLine.objects.filter(verb="soundings.silent_test").get()
    assert (line.content["who"], line.content["device"]) == ("系统", "每周静默测试")


def test_not_on_another_day(office: Office, time: Time) -> None:
    time.set(MONDAY + timedelta(days=1))
    jobs.test_silently()
    assert not Order.objects.exists()


def test_not_while_something_is_about_to_sound(office: Office, time: Time) -> None:
    time.set(MONDAY)
    office.immediate(Mode.LIVE)
    jobs.test_silently()
    assert Order.objects.count() == 1


def test_an_office_without_a_roster_does_not_stop_the_others(office: Office, time: Time) -> None:
    time.set(MONDAY)
    office.issuer.rosters.all().delete()
    jobs.test_silently()
    assert not Order.objects.exists()


def test_telemetry_is_kept_for_the_days_of_the_rule(office: Office, time: Time) -> None:
    def report(days_old: int) -> Health:
        ms = int((MONDAY - timedelta(days=days_old)).timestamp() * 1000)
        return Health.objects.create(
            office=430103, siren=1, boot=1, at_ms=ms, firmware="x", received_ms=ms
        )

    old, young = report(91), report(89)
    time.set(MONDAY)
    jobs.forget_telemetry()
    assert list(Health.objects.all()) == [young]
    assert old.pk
