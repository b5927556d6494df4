"""Papers as they were issued: both files, their digests, the number, the journal's head."""

from hashlib import sha256
from typing import Self

from django.db import models

from hudun.core.identity import new_id
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User


class IssuedPaperQuerySet(OwnedQuerySet["IssuedPaper"]):
    def about(self, record: models.Model) -> Self:
        """The papers on one record, newest first."""
        found = self.filter(about_type=record._meta.label, about_id=str(record.pk))
        return found.newest_first()

    def newest_first(self) -> Self:
        return self.order_by("-issued_at", "-serial")


class IssuedPaper(OrganOwned):
    kind = models.CharField("文种", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("顺序号")
    number = models.CharField("发文字号", max_length=60)
    title = models.CharField("标题", max_length=300)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    docx_digest = models.CharField("Word 文件摘要", max_length=64)
    pdf_digest = models.CharField("PDF 文件摘要", max_length=64)
    journal_head = models.CharField("日志链", max_length=120)
    issued_at = models.DateTimeField("印发时间")
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="印发人"
    )

    objects = IssuedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公文"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "kind", "year", "serial"], name="one_paper_per_number"
            ),
        ]
        indexes = [models.Index(fields=["about_type", "about_id"], name="paper_about")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def digest_of(self, media: "Media | str") -> str:
        return self.docx_digest if media == Media.DOCX else self.pdf_digest


class Media(models.TextChoices):
    DOCX = "docx", "Word"
    PDF = "pdf", "PDF"


class PaperFile(models.Model):
    """A file as issued: never made again, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    paper = models.ForeignKey(IssuedPaper, models.PROTECT, related_name="files")
    media = models.CharField(max_length=4, choices=Media.choices)
    content = models.BinaryField()

    objects: models.Manager["PaperFile"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "media"], name="one_file_per_media"),
        ]

    def __str__(self) -> str:
        return f"{self.paper}.{self.media}"

    @property
    def intact(self) -> bool:
        """Whether the bytes are still those that were issued."""
        return sha256(bytes(self.content)).hexdigest() == self.paper.digest_of(self.media)


class PaperCounter(models.Model):
    """The last number given. Locking its row gives the right to the next one."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects: models.Manager["PaperCounter"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "year"], name="one_paper_counter"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}〔{self.year}〕{self.last}"
