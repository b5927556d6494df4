"""An uploaded sheet, kept as it was read between the preview and the clerk's word."""

from typing import Any, Self

from django.db import models

from hudun.core.identity import new_id
from hudun.core.organ import User


class ImportDraftQuerySet(models.QuerySet["ImportDraft"]):
    def waiting(self, ledger: str, person: User) -> Self:
        return self.filter(ledger=ledger, person=person, done_at=None)


class ImportDraft(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ledger = models.CharField("台账", max_length=80)
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="导入人")
    file_name = models.CharField("文件", max_length=200)
    rows: "models.JSONField[Any, list[dict[str, str]]]" = models.JSONField("内容")
    unknown: "models.JSONField[Any, list[str]]" = models.JSONField("未识别的列", default=list)
    made_at = models.DateTimeField("上传时间")
    done_at = models.DateTimeField("办结时间", null=True)

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待确认的导入"

    def __str__(self) -> str:
        return self.file_name
