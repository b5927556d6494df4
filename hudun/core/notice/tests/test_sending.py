"""A message reaches a mailbox and a robot; every attempt is a row, and no row is sent twice."""

import email
import email.policy
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from pytest_django import Settings

from hudun.core import clock
from hudun.core.notice import send
from hudun.core.notice.carry import carry
from hudun.core.notice.models import Channel, Sending
from hudun.core.notice.send import LEASE, MOST_TRIES, send_due, wait_after

from .conftest import Say
from .servers import Mailbox, Robot

pytestmark = pytest.mark.django_db
BOX = {"emails": ["wuye@example.cn"]}


def states() -> list[str]:
    return list(Sending.objects.order_by("id").values_list("state", flat=True))


def test_a_mail_arrives_as_it_was_written(mailbox: Mailbox, say: Say) -> None:
    message = say(**BOX)
    assert mailbox.mails == [], "nothing leaves before the worker comes round"
    assert send_due() == 1
    (raw,) = mailbox.mails
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    body = mail.get_body()
    assert body is not None
    assert (mail["Subject"], mail["To"]) == ("明日检修", "wuye@example.cn")
    assert body.get_content().strip() == "上午九时。"
    assert str(message.pk) in mail["Message-ID"]
    assert states() == ["sent"]
    assert send_due() == 0


def test_a_robot_is_told(robot_channel: Channel, robot: Robot, say: Say) -> None:
    say()
    assert send_due() == 1
    assert [(post["title"], post["message"]) for post in robot.posts] == [
        ("明日检修", "上午九时。")
    ]


def test_a_channel_that_is_switched_off_is_left_alone(robot_channel: Channel, say: Say) -> None:
    Channel.objects.update(active=False)
    say(**BOX)
    assert [sending.address for sending in Sending.objects.all()] == ["wuye@example.cn"]


def test_what_has_a_key_is_said_once(say: Say) -> None:
    first = say(key="door:1", **BOX)
    assert say(key="door:1", **BOX) == first
    assert len(states()) == 1


def test_a_line_break_in_a_subject_makes_no_header(
    mailbox: Mailbox, cast: object, say: Say
) -> None:
    message = say(**BOX)
    type(message).objects.update(subject="a\r\nBcc: x@y.cn")
    send_due()
    assert b"Bcc" not in b"".join(mailbox.mails)
    assert states() == ["failed", "waiting"]


def test_every_retry_is_a_row_and_waits_longer(mailbox: Mailbox, say: Say) -> None:
    mailbox.refusing = True
    say(**BOX)
    moments, moment = [], clock.now()
    for _ in range(MOST_TRIES):
        with clock.frozen(moment):
            assert send_due() == 1
        last = Sending.objects.order_by("-id")[0]
        moments.append(moment)
        moment = last.due_at
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert gaps == [wait_after(n) for n in range(1, MOST_TRIES)]
    assert gaps[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert states() == ["failed"] * (MOST_TRIES - 1) + ["dead"]
    assert "550" in Sending.objects.dead().get().fault
    with clock.frozen(moment + timedelta(days=9)):
        assert send_due() == 0
    assert mailbox.mails == []


def test_a_broken_robot_is_described_without_its_secret(
    robot_channel: Channel, robot: Robot, say: Say
) -> None:
    robot.status = 500
    say()
    send_due()
    fault = Sending.objects.get(state="failed").fault
    assert "500" in fault
    assert "Secret-Token-91" not in fault


def test_two_workers_that_read_the_same_row_send_it_once(mailbox: Mailbox, say: Say) -> None:
    say(**BOX)
    first, second = Sending.objects.get(), Sending.objects.get()
    assert send._send(first) and not send._send(second)
    assert len(mailbox.mails) == 1


def test_a_worker_killed_while_sending_leaves_a_row_that_is_not_sent_again(
    mailbox: Mailbox, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its message may have left or not: the row says so, and a new one is sent."""
    say(**BOX)
    killed = _kill_after(carry)
    with monkeypatch.context() as broken:
        broken.setattr(send, "carry", killed)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    assert states() == ["sending"]
    assert send_due() == 0, "another worker leaves it alone within the lease"
    Sending.objects.update(began_at=clock.wall() - LEASE - timedelta(seconds=1))
    send_due()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        assert send_due() == 1
    assert states() == ["lost", "sent"]
    ids = {email.message_from_bytes(raw)["Message-ID"] for raw in mailbox.mails}
    assert (len(mailbox.mails), len(ids)) == (2, 1), "a mailbox knows the second as the first"


def _kill_after(carrying: Callable[[Sending], None]) -> Callable[[Sending], None]:
    def carried(sending: Sending) -> None:
        carrying(sending)
        raise KeyboardInterrupt

    return carried


def test_without_a_mail_server_it_says_so(say: Say, settings: Settings) -> None:
    settings.MAIL_SET_UP = False
    say(**BOX)
    send_due()
    assert "HUDUN_MAIL_URL" in Sending.objects.get(state="failed").fault
