"""性能检测: the yearly test by an accredited unit, and the defects that it found."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from hudun.core.organ import User

from .hazard import Grade, Hazard
from .plated import OnPlate, OnPlateQuerySet


class Conclusion(models.TextChoices):
    GOOD = "good", "合格"
    FAIR = "fair", "基本合格"
    BAD = "bad", "不合格"


class PerformanceTestQuerySet(OnPlateQuerySet["PerformanceTest"]):
    def standing(self) -> Self:
        return self.filter(voided_at=None)

    def valid_on(self, day: date) -> Self:
        """Passed, and neither too old nor too young."""
        held = self.standing().exclude(result=Conclusion.BAD)
        return held.filter(tested_on__lte=day, valid_until__gte=day)

    def ending_by(self, day: date) -> Self:
        return self.standing().filter(valid_until__lte=day)


class PerformanceTest(OnPlate):
    unit = models.CharField("检测单位", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    accreditation = models.CharField("资质证书编号", max_length=60)
    report_no = models.CharField("报告编号", max_length=60)
    tested_on = models.DateField("检测日期")
    valid_until = models.DateField("有效期至")
    result = models.CharField("结论", max_length=4, choices=Conclusion.choices)
    summary = models.TextField("检测意见", blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=500, blank=True)

    objects = PerformanceTestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "性能检测"
        ordering = ["-tested_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("tested_on")), name="test_valid_after_it_was_made"
            ),
            models.UniqueConstraint(
                fields=["plate", "unit", "report_no"], condition=Q(voided_at=None),
                name="one_test_per_report",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plate} {self.report_no}"

    @property
    def standing_words(self) -> str:
        return "作废" if self.voided_at else "有效"


class PerformanceDefect(models.Model):
    """A defect became a hazard at once; the hazard says what was made of it."""

    test = models.ForeignKey(PerformanceTest, models.PROTECT, related_name="defects")
    number = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类型", max_length=60)
    grade = models.CharField("等级", max_length=4, choices=Grade.choices)
    text = models.CharField("情况", max_length=500)
    hazard = models.OneToOneField(Hazard, models.PROTECT, related_name="defect")

    objects: models.Manager["PerformanceDefect"] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "检测缺陷"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}．{self.text}"
