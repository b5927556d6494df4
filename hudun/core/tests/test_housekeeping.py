"""The nightly sweep takes what is stale and leaves what is not."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from hudun.core import clock
from hudun.core.housekeeping import sweep
from hudun.core.live.announce import announce
from hudun.core.live.models import Change
from hudun.core.testing import Stage


@pytest.mark.django_db
def test_ended_sessions_and_old_changes_go(stage: Stage) -> None:
    moment = clock.wall()
    for key, age in (("old", -1), ("new", 1)):
        expires = moment + timedelta(hours=age)
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    announce("lamp", stage.tianxin, {})
    announce("lamp", stage.tianxin, {})
    Change.objects.filter(pk=Change.objects.order_by("seq")[0].pk).update(
        at=moment - timedelta(days=3)
    )
    sweep()
    assert [session.session_key for session in Session.objects.all()] == ["new"]
    assert Change.objects.count() == 1
