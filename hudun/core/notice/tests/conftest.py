"""A unit with a mailbox and a robot, both listening on this machine."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from hudun.core import clock
from hudun.core.action import Act
from hudun.core.notice import actions
from hudun.core.notice.models import Channel, Message
from hudun.core.notice.tell import tell
from hudun.core.testing import Cast

from .servers import Mailbox, Robot, running

Say = Callable[..., Message]


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    box = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    settings.MAIL_SET_UP = True
    with running(box):
        yield box


@pytest.fixture
def robot() -> Iterator[Robot]:
    server = Robot()
    with running(server):
        yield server


@pytest.fixture
def robot_channel(cast: Cast, robot: Robot) -> Channel:
    target = f"json://127.0.0.1:{robot.server_address[1]}/hook/Secret-Token-91"
    return actions.add_channel(
        cast.actor("xiguan"), cast.stage.pozijie, name="工作群", kind="json", target=target
    )


@pytest.fixture
def say(cast: Cast) -> Say:
    def written(**more: object) -> Message:
        act = Act(cast.actor("li"), clock.now(), "test.tell", "通知", cast.stage.tianxin)
        given = {"topic": "test", **more}
        return tell(act, cast.stage.pozijie, "明日检修", "上午九时。", **given)  # type: ignore[arg-type]

    return written
