"""The text of a check template that somebody was judged by. It is never changed: a new text is a
new version."""

from functools import cached_property
from typing import Any, Self

from django.db import models

from hudun.affairs.inspections.checklist import Template, read_template
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User


class CheckTemplateQuerySet(OwnedQuerySet["CheckTemplate"]):
    def of_office(self, organ: Organ) -> Self:
        return self.filter(organ=organ.seat())

    def named(self, slug: str) -> Self:
        return self.filter(slug=slug).order_by("-version")

    def own(self) -> Self:
        """Made by the office itself, not taken over from the rules."""
        return self.filter(rule_version="")


class CheckTemplate(OrganOwned):
    slug = models.CharField("编号", max_length=40)
    version = models.PositiveIntegerField("版本")
    title = models.CharField("名称", max_length=100)
    content: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("内容")
    rule_version = models.CharField("来自规则", max_length=100, blank=True)
    made_at = models.DateTimeField("制定时间")
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="制定人"
    )

    objects = CheckTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查表"
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "slug", "version"], name="one_text_per_template_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} 第 {self.version} 版"

    @cached_property
    def template(self) -> Template:
        return read_template(self.content)
