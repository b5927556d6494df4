"""One line per action. The hashed text is stored as it was hashed; columns are there to search."""

import json
from typing import Any, Self

from django.db import models

from hudun.core.identity import new_id
from hudun.core.organ import Organ, User


class JournalQuerySet(models.QuerySet["JournalLine"]):
    def of(self, record: models.Model) -> Self:
        """The history of one record, newest first."""
        return self.filter(object_type=record._meta.label, object_id=str(record.pk)).newest_first()

    def newest_first(self) -> Self:
        return self.order_by("-at", "-seq")

    def chain(self, chain: str) -> Self:
        return self.filter(chain=chain).order_by("seq")

    def under(self, organ: Organ) -> Self:
        return self.filter(organ__path__startswith=organ.path)

    def visible_to(self, user: User) -> Self:
        return self.filter(user.sight("organ__path"))


class JournalLine(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.CharField("链", max_length=32)
    seq = models.PositiveBigIntegerField("序号")
    hash = models.CharField("摘要", max_length=64)
    body = models.TextField()
    at = models.DateTimeField("时间")
    verb = models.CharField("动作", max_length=80)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="机构"
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="人员"
    )
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="journal_one_line_per_number"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="journal_object"),
            models.Index(fields=["at"], name="journal_at"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"

    @property
    def content(self) -> dict[str, Any]:
        """The line as it was hashed."""
        content: dict[str, Any] = json.loads(self.body)
        return content


class JournalHead(models.Model):
    """The last line of a chain. Locking its row gives the right to write the next line."""

    chain = models.CharField(primary_key=True, max_length=32)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    objects: models.Manager["JournalHead"] = models.Manager()
