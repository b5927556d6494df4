"""Where messages go, what they say, and every attempt to send one."""

from typing import Self

from django.db import models
from django.db.models import Q

from hudun.core import clock
from hudun.core.flow import State
from hudun.core.identity import new_id
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User

from .flow import SendingFlow


class ChannelKind(models.TextChoices):
    EMAIL = "email", "邮件"
    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"
    FEISHU = "feishu", "飞书群机器人"
    JSON = "json", "其他系统（JSON）"


class ChannelQuerySet(OwnedQuerySet["Channel"]):
    def of(self, unit: Organ) -> Self:
        """Where messages to the unit go; those to one of its people are not among them."""
        return self.filter(organ=unit, person=None, active=True)

    def of_person(self, person: User) -> Self:
        return self.filter(person=person, active=True)


class Channel(OrganOwned):
    """An address of a unit, or of one person in it. Whoever knows a robot's address can write in
    its name: the journal keeps only that it was changed."""

    journal_hidden = frozenset({"target"})

    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="只给此人"
    )
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("方式", max_length=12, choices=ChannelKind.choices)
    target = models.CharField(
        "地址",
        max_length=500,
        help_text="邮箱，或群机器人的 Webhook 地址；操作日志不记录。",
    )
    active = models.BooleanField("启用", default=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知渠道"
        ordering = ["organ__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "name"],
                name="channel_named_once",
                violation_error_message="这个单位已有同名的渠道。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Message(OrganOwned):
    """What was said, to whom, about what. `organ` is the office that says it."""

    unit = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="收件单位"
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="收件人"
    )
    topic = models.CharField("事项", max_length=80)
    subject = models.CharField("标题", max_length=200)
    text = models.TextField("内容")
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=200, blank=True)
    filler = models.CharField(max_length=200, blank=True)
    """Names a function that puts in, at the moment of sending, what must not lie in the
    database: a secret link."""
    made_at = models.DateTimeField("时间")

    objects = OwnedQuerySet["Message"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="message_said_once")
        ]
        indexes = [models.Index(fields=["about_type", "about_id"], name="message_about")]

    def __str__(self) -> str:
        return self.subject


class SendingQuerySet(OwnedQuerySet["Sending"]):
    def due(self) -> Self:
        return self.filter(state="waiting", due_at__lte=clock.now()).order_by("due_at", "id")

    def dead(self) -> Self:
        return self.filter(state="dead")

    def about(self, record: models.Model) -> Self:
        return self.filter(message__about_type=record._meta.label, message__about_id=str(record.pk))


class Sending(OrganOwned):
    """One attempt. Neither channel nor address: there was nowhere to send it."""

    flow = SendingFlow

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(
        Message, models.PROTECT, related_name="sendings", verbose_name="通知"
    )
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, related_name="+", verbose_name="渠道"
    )
    address = models.CharField("邮箱", max_length=254, blank=True)
    try_number = models.PositiveSmallIntegerField("第几次", default=1)
    again_of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="next", verbose_name="接着"
    )
    due_at = models.DateTimeField("应发时间")
    began_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    fault = models.TextField("原因", blank=True)
    state = SendingFlow.field()

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知发送"
        ordering = ["-due_at", "-id"]

    def __str__(self) -> str:
        return f"{self.message} → {self.to}"

    @property
    def shown(self) -> State:
        return SendingFlow.shown(self)

    @property
    def whom(self) -> str:
        """Without the address, for those who are not to know it."""
        return str(self.message.person or self.message.unit or "")

    @property
    def to(self) -> str:
        """Unit or person, and by which way."""
        who = self.whom
        way = self.channel.name if self.channel else self.address or "没有通知渠道"
        return f"{who}（{way}）" if who else way
