"""An office's own value of a rule, in place of its province's."""

from typing import Any

from django.db import models

from hudun.core.organ import OrganOwned, OwnedQuerySet


class RuleOverride(OrganOwned):
    topic = models.CharField("规则", max_length=80)
    value: "models.JSONField[Any, Any]" = models.JSONField("内容")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    clause = models.CharField("依据", max_length=200)

    objects = OwnedQuerySet["RuleOverride"].as_manager()

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
