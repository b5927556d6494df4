"""Writing a message, inside the action that causes it. The worker sends it after commit."""

from collections.abc import Iterable

from django.db import models

from hudun.core.action import Act
from hudun.core.organ import Organ, User

from .models import Channel, Message, Sending

NOWHERE = "没有登记通知渠道"


def tell(
    act: Act,
    to: Organ | User | None,
    subject: str,
    text: str,
    *,
    topic: str,
    about: models.Model | None = None,
    emails: Iterable[str] = (),
    key: str = "",
    filler: str = "",
) -> Message:
    """To every channel of the unit or person, and to the addresses given. With `key` it is said
    once, however often it is asked for. Where there is nowhere to send it, that is a dead letter:
    somebody has to see it."""
    if act.organ is None:
        raise ValueError("a message is sent by an organ")
    if key and (said := Message.objects.filter(key=key).first()):
        return said
    message = Message.objects.create(
        organ=act.organ.seat(),
        unit=to if isinstance(to, Organ) else None,
        person=to if isinstance(to, User) else None,
        topic=topic,
        subject=" ".join(subject.split())[:200],
        text=text,
        about_type=about._meta.label if about else "",
        about_id=str(about.pk) if about else "",
        key=key,
        filler=filler,
        made_at=act.now,
    )
    spread(act, message, emails)
    act.changed(message)
    return message


def spread(act: Act, message: Message, emails: Iterable[str] = ()) -> list[Sending]:
    """A first attempt for every address that the message has now."""
    common = {"message": message, "organ": message.organ, "due_at": act.now}
    rows = [Sending(channel=channel, **common) for channel in channels_of(message)]
    rows += [Sending(address=email, **common) for email in sorted(set(emails)) if email]
    if not rows:
        rows = [Sending(state="dead", ended_at=act.now, fault=NOWHERE, **common)]
    return Sending.objects.bulk_create(rows)


def channels_of(message: Message) -> Iterable[Channel]:
    if message.person is not None:
        return Channel.objects.of_person(message.person)
    return Channel.objects.of(message.unit) if message.unit is not None else ()
