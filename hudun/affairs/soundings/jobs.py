"""What happens by itself: the weekly silent test, and telemetry that grows old."""

import logging
from datetime import timedelta

from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.recurring import daily

from .actions import silent_test
from .models import Health, Issuer, Order
from .rulebook import sounding_rules

log = logging.getLogger(__name__)

BUSY = timedelta(hours=2)


@daily("10:00")
def test_silently() -> None:
    """On the weekday of the rule, unless something is going to sound soon."""
    for issuer in Issuer.objects.select_related("organ"):
        rules = sounding_rules(issuer.organ, clock.today())
        if clock.today().isoweekday() == rules.silent_test_weekday and not _busy(issuer):
            _test(issuer)


@daily("03:20")
def forget_telemetry() -> None:
    for issuer in Issuer.objects.select_related("organ"):
        kept = timedelta(days=sounding_rules(issuer.organ, clock.today()).telemetry_kept_days)
        before = int((clock.now() - kept).timestamp() * 1000)
        Health.objects.filter(office=issuer.number, received_ms__lt=before).delete()


def _busy(issuer: Issuer) -> bool:
    soon = clock.now() + BUSY
    waiting = Order.objects.by_issuer(issuer).filter(state__in=["drafted", "signed"])
    going = Order.objects.by_issuer(issuer).filter(
        state__in=["released", "running"], starts_at__lte=soon
    )
    return going.exists() or waiting.filter(starts_at=None).exists()


def _test(issuer: Issuer) -> None:
    try:
        silent_test(Actor.system(issuer.organ, "每周静默测试"), issuer.organ)
    except Problem as problem:
        log.warning("weekly silent test of %s: %s", issuer, problem)
