"""Days on which the office's calendar differs from the national one."""

from django.db import models

from hudun.core.organ import OrganOwned, OwnedQuerySet


class CalendarDay(OrganOwned):
    day = models.DateField("日期")
    working = models.BooleanField("上班")
    note = models.CharField("说明", max_length=100, blank=True)

    objects = OwnedQuerySet["CalendarDay"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历调整"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "day"], name="one_calendar_entry_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.working else '休息'}"
