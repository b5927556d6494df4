"""The system administrator's two lists: where messages go, and what became of them."""

from django.db.models import QuerySet

from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.ledger.words import Plain
from hudun.core.organ import Role, User

from . import actions
from .models import Channel, ChannelKind, Sending

KEEPERS = (Role.SYSTEM_ADMIN,)


def masked(channel: Channel) -> str:
    if channel.kind == ChannelKind.EMAIL:
        return channel.target
    return f"{channel.target.partition('://')[0]}://……"


class ChannelLedger(Ledger[Channel]):
    model = Channel
    slug, noun, icon, section = "channels", "通知渠道", "bell", "管理"
    nav_order = 60
    readers = KEEPERS
    columns = ["name", "organ", "person", "kind", "target", "active"]
    filters = ["organ", "kind", "active"]
    search = ["name"]
    sections = {"渠道": ["organ", "person", "name", "kind", "target", "active"]}
    labels = {"organ": "单位"}
    create, edit = actions.add_channel, actions.edit_channel
    verbs = [actions.try_channel]

    def loaded(self, rows: "QuerySet[Channel]") -> "QuerySet[Channel]":
        return rows.select_related("organ__parent", "person")

    def say(self, record: Channel, name: str) -> str:
        return masked(record) if name == "target" else super().say(record, name)

    def plain(self, record: Channel, name: str, user: User) -> Plain:
        return masked(record) if name == "target" else super().plain(record, name, user)


class SendingLedger(Ledger[Sending]):
    model = Sending
    slug, noun, icon, section = "sendings", "通知发送", "history", "管理"
    nav_order = 61
    readers = KEEPERS
    columns = [
        Column("message", "通知", "message__subject", long=True),
        Column("to", "送给", "message__unit__path"),
        "due_at",
        "try_number",
        "state",
        Column("fault", "原因", long=True),
    ]
    filters = ["state", "due_at"]
    search = ["message__subject", "message__unit__name", "address", "channel__name"]
    sections = {"发送": ["message", "to", "due_at", "try_number", "began_at", "ended_at", "fault"]}
    labels = {"to": "送给", "message": "通知"}
    aside = ["state", "text"]
    ordering = ["-due_at", "-id"]
    title = "message"

    def loaded(self, rows: "QuerySet[Sending]") -> "QuerySet[Sending]":
        return rows.select_related(
            "message__unit__parent", "message__person", "channel", "organ__parent"
        )

    def say(self, record: Sending, name: str) -> str:
        return record.message.text if name == "text" else super().say(record, name)

    def label(self, name: str) -> str:
        return "内容" if name == "text" else super().label(name)
