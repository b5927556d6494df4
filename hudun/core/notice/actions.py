"""Channels are the system administrator's; so are dead letters."""

from typing import Any

from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.organ import Organ, Role

from . import errors  # noqa: F401
from .addresses import check_address
from .flow import SendingFlow
from .models import Channel, Message, Sending
from .send import again
from .tell import NOWHERE, spread

KEEPERS = {Role.SYSTEM_ADMIN}
EDITABLE = {"organ", "person", "name", "kind", "target", "active"}


@action("notices.add_channel", label="登记通知渠道", roles=KEEPERS)
def add_channel(_act: Act, organ: Organ, /, **fields: Any) -> Channel:
    channel = Channel(organ=organ, **fields)
    _check(channel)
    channel.save(force_insert=True)
    return channel


@action("notices.edit_channel", label="修改通知渠道", roles=KEEPERS)
def edit_channel(_act: Act, channel: Channel, /, **changes: Any) -> Channel:
    named = assign(channel, changes, EDITABLE)
    _check(channel)
    channel.save(update_fields=named)
    return channel


@action("notices.try_channel", label="发送测试通知", roles=KEEPERS)
def try_channel(act: Act, channel: Channel) -> Message:
    message = Message.objects.create(
        organ=channel.organ.seat(),
        unit=channel.organ,
        person=channel.person,
        topic="notices.trial",
        subject="测试通知",
        text=f"这是一条测试通知。收到即表示“{channel.name}”可以使用。",
        made_at=act.now,
    )
    Sending.objects.create(message=message, organ=message.organ, channel=channel, due_at=act.now)
    act.changed(message)
    return message


@action("notices.resend", moves=SendingFlow.resend)
def resend(act: Act, sending: Sending) -> Sending:
    """A new row, from the first try on. What had no address goes to those there are now."""
    if sending.channel is None and not sending.address:
        fresh = spread(act, sending.message)
        if fresh[0].fault == NOWHERE:
            raise Problem("409.5", unit=sending.message.person or sending.message.unit)
        act.changed(*fresh)
    else:
        act.changed(again(sending, act.now, 1))
    return sending


def _check(channel: Channel) -> None:
    channel.target = channel.target.strip()
    check_address(channel.kind, channel.target)
    namesake = Channel.objects.filter(organ=channel.organ, name=channel.name)
    if namesake.exclude(pk=channel.pk).exists():
        raise Problem("409.3", what_exists=channel.name, fields={"name": "已有同名的渠道"})
    person = channel.person
    if person is not None and (person.organ is None or not channel.organ.contains(person.organ)):
        raise Problem("422.4", reason="此人不在这个单位", fields={"person": "不在这个单位"})
