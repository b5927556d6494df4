"""Carrying one message out of the house. Raises `Undelivered`; returns when it has been taken."""

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from .addresses import apprise_url
from .models import Channel, ChannelKind, Message, Sending


class Undelivered(Exception):
    """Said to the system administrator; holds no part of a secret address."""


def carry(sending: Sending) -> None:
    channel = sending.channel
    if channel is None or channel.kind == ChannelKind.EMAIL:
        _mail(sending, channel.target if channel else sending.address)
    else:
        _chat(sending, channel)


def full_text(message: Message) -> str:
    if not message.filler:
        return message.text
    filled: str = import_string(message.filler)(message)
    return filled


def _mail(sending: Sending, address: str) -> None:
    """The same Message-ID on every attempt: a mailbox that got the first knows the second."""
    if not settings.MAIL_SET_UP:
        raise Undelivered("没有设置邮件服务器（HUDUN_MAIL_URL）")
    message = sending.message
    known = f"<{message.pk}@{urlsplit(settings.OFFICE_URL).hostname or 'localhost'}>"
    EmailMessage(
        message.subject, full_text(message), to=[address], headers={"Message-ID": known}
    ).send()


def _chat(sending: Sending, channel: Channel) -> None:
    import apprise  # a third of a second, in the worker only

    url = apprise_url(channel.kind, channel.target)
    carrier = apprise.Apprise.instantiate(url)
    if not isinstance(carrier, apprise.NotifyBase):
        raise Undelivered("渠道地址不能使用")
    capture: Any = apprise.LogCapture
    with capture(level=logging.WARNING, fmt="%(message)s") as said:
        taken = carrier.notify(body=full_text(sending.message), title=sending.message.subject)
        fault = said.getvalue()
    if not taken:
        raise Undelivered(scrubbed(fault, channel.target).strip() or "对方没有接收")


def scrubbed(text: str, target: str) -> str:
    """Without anything that stands in the address beyond its host."""
    host = urlsplit(target).hostname or ""
    for part in sorted(set(re.split(r"[/?&=@:]+", target)), key=len, reverse=True):
        if len(part) >= 6 and part != host:
            text = text.replace(part, "…")
    return text
