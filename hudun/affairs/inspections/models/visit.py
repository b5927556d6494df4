"""A visit as it was delivered, its answers, and the photos that it promises.

What was delivered is never changed. What follows from it (score, completeness, hazards) is worked
out here, by the version of the template that the inspector had before him.
"""

from datetime import date
from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from hudun.affairs.inspections.checklist import Answer, Score, score
from hudun.core.organ import User

from .campaign import Campaign
from .plated import OnPlate, OnPlateQuerySet
from .template import CheckTemplate

RESULTS = [("pass", "合格"), ("fail", "不合格"), ("na", "不适用")]


class VisitQuerySet(OnPlateQuerySet["Visit"]):
    def standing(self) -> Self:
        return self.filter(voided_at=None)

    def of_person(self, user: User) -> Self:
        return self.filter(inspector=user)

    def between(self, first: date, last: date) -> Self:
        """Made on these days, both included, in Beijing."""
        return self.filter(made_at__date__gte=first, made_at__date__lte=last)

    def failed_in(self, key: str) -> Self:
        return self.filter(answers__key=key, answers__result="fail")

    def with_photos(self) -> Self:
        return self.annotate(
            photos_promised=Count("promised"),
            photos_missing=Count("promised", filter=Q(promised__received_at=None)),
        )

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-id")


class Visit(OnPlate):
    """The id is the client's. `made_at` is when it ended by the phone's clock, but never later
    than it was received; `started` and `finished` are as the phone said."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="visits",
        verbose_name="检查任务",
    )  # fmt: skip
    template = models.ForeignKey(
        CheckTemplate, models.PROTECT, related_name="visits", verbose_name="检查表"
    )
    inspector = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="检查人"
    )
    delivered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="报送人"
    )
    device = models.UUIDField("设备", null=True, blank=True)
    started = models.DateTimeField("开始时间")
    finished = models.DateTimeField("完成时间")
    made_at = models.DateTimeField("检查时间")
    received_at = models.DateTimeField("收到时间")
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    accuracy_m = models.FloatField("定位精度（m）", null=True, blank=True)
    comment = models.TextField("备注", blank=True)
    no_deficiencies = models.BooleanField("未发现隐患", default=False)
    package: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("原始记录")
    digest = models.CharField("摘要", max_length=64)
    systems: "models.JSONField[Any, list[str]]" = models.JSONField("当时的系统", default=list)
    points = models.PositiveIntegerField("得分")
    out_of = models.PositiveIntegerField("满分")
    tenths = models.PositiveSmallIntegerField("得分率（‰）", null=True)
    vetoed = models.BooleanField("一票否决", default=False)
    failures = models.PositiveSmallIntegerField("不合格项", default=0)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=500, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查记录"
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["plate", "-made_at"], name="visit_of_plate"),
            models.Index(fields=["organ", "-made_at"], name="visit_of_organ"),
        ]

    def __str__(self) -> str:
        return f"{self.plate} {self.template.title}"

    @cached_property
    def score(self) -> Score:
        given = {answer.key: answer.given for answer in self.answers.all()}
        return score(self.template.template, given, self.systems)

    @property
    def score_words(self) -> str:
        if self.tenths is None:
            return "—"
        return f"{self.tenths / 10:g}{'（一票否决）' if self.vetoed else ''}"

    @property
    def photos_words(self) -> str:
        """Wants `promised` loaded."""
        promised = len(self.promised.all())
        return f"{promised - len(self.missing)}/{promised}" if promised else ""

    @property
    def standing_words(self) -> str:
        return "作废" if self.voided_at else "有效"

    @property
    def missing(self) -> list["PhotoPromise"]:
        return [photo for photo in self.promised.all() if photo.received_at is None]

    @property
    def complete(self) -> bool:
        """All that the phone promised is here."""
        return not self.missing

    @property
    def all_clear(self) -> bool:
        """The inspector says that nothing is wrong, and no answer says otherwise."""
        return self.no_deficiencies and not self.failures

    @property
    def clock_was_wrong(self) -> bool:
        """The phone's clock ran ahead of ours."""
        return self.finished > self.received_at


class VisitAnswerQuerySet(models.QuerySet["VisitAnswer"]):
    def newest_first(self) -> Self:
        return self.order_by("-visit__made_at", "-visit_id")

    def failed(self) -> Self:
        return self.filter(result="fail")


class VisitAnswer(models.Model):
    """`result` is the one that counts: a number is judged by the template's limits."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="answers")
    key = models.CharField("项目", max_length=40)
    ticked = models.CharField("所选", max_length=4, choices=RESULTS, null=True)
    result = models.CharField("结果", max_length=4, choices=RESULTS, null=True)
    value = models.FloatField("测量值", null=True)
    text = models.TextField("文字", blank=True)
    comment = models.TextField("说明", blank=True)

    objects = VisitAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查结果"
        constraints = [models.UniqueConstraint(fields=["visit", "key"], name="one_answer_per_item")]
        indexes = [models.Index(fields=["key", "result"], name="answer_by_item")]

    def __str__(self) -> str:
        return f"{self.key} {self.result or '未检查'}"

    @property
    def given(self) -> Answer:
        return Answer(self.ticked, self.value, self.text)  # type: ignore[arg-type]


class PhotoPromiseQuerySet(models.QuerySet["PhotoPromise"]):
    def missing(self) -> Self:
        return self.filter(received_at=None)


class PhotoPromise(models.Model):
    """A photo that the phone says it holds. Once it is here, the attachment has the same id."""

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="promised")
    key = models.CharField("项目", max_length=40, blank=True)
    sha256 = models.CharField("摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")
    media_type = models.CharField("格式", max_length=40)
    taken = models.DateTimeField("拍摄时间", null=True)
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)
    received_at = models.DateTimeField("收到时间", null=True)

    objects = PhotoPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查照片"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["visit"], condition=Q(received_at=None), name="photo_not_received")
        ]

    def __str__(self) -> str:
        return f"照片 {self.id.hex[-6:]}"
