"""A photo or a file that belongs to an organ; the bytes lie beside the database."""

from typing import Self

from django.db import models

from hudun.core.organ import OrganOwned, OwnedQuerySet, User


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", "照片"
    DRAWING = "drawing", "图纸"
    FILE = "file", "文件"


class AttachmentQuerySet(OwnedQuerySet["Attachment"]):
    def about(self, record: models.Model) -> Self:
        found = self.filter(about_type=record._meta.label, about_id=str(record.pk))
        return found.order_by("stored_at", "pk")

    def photos(self) -> Self:
        return self.filter(kind=AttachmentKind.PHOTO)


class Attachment(OrganOwned):
    """The id is given by whoever made the file, so that a second delivery is the same record."""

    kind = models.CharField("类别", max_length=8, choices=AttachmentKind.choices)
    name = models.CharField("文件名", max_length=200, blank=True)
    sha256 = models.CharField("摘要", max_length=64, db_index=True)
    size = models.PositiveIntegerField("字节数")
    media_type = models.CharField("格式", max_length=80)
    width = models.PositiveIntegerField("宽", null=True)
    height = models.PositiveIntegerField("高", null=True)
    taken_at = models.DateTimeField("拍摄时间", null=True, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    stored_at = models.DateTimeField("存入时间")
    stored_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="存入人"
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        indexes = [models.Index(fields=["about_type", "about_id"], name="attachment_about")]

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} {self.id.hex[-6:]}"

    @property
    def is_picture(self) -> bool:
        return self.width is not None
