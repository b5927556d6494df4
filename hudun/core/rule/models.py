"""An office's own value of a rule, in place of its province's."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from hudun.core.organ import OrganOwned, OwnedQuerySet


class RuleOverrideQuerySet(OwnedQuerySet["RuleOverride"]):
    def holding_on(self, day: date) -> Self:
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class RuleOverride(OrganOwned):
    topic = models.CharField("规则", max_length=80)
    value: "models.JSONField[Any, Any]" = models.JSONField("内容")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    clause = models.CharField("依据", max_length=200)

    objects = RuleOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "本级规则"
        ordering = ["topic", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "topic", "since"], name="one_override_per_topic_and_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic}（{self.organ}）"
