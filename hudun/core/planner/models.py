"""What was asked of the planner, how far it is, and what came out."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models

from hudun.core.flow import State
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User

from .flow import RunFlow

if TYPE_CHECKING:
    from .kinds import Planned


class RunQuerySet(OwnedQuerySet["Run"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def done(self) -> Self:
        return self.filter(state="done")

    def open(self) -> Self:
        return self.filter(state__in=RunFlow.open_states())

    def with_files(self) -> Self:
        return self.filter(state__in=("done", "running"))

    def waiting(self, *, quick: bool) -> Self:
        return self.filter(state="queued", quick=quick).order_by("asked_at", "id")

    def held_by(self, holder: UUID) -> Self:
        return self.filter(state="running", holder=holder)

    def abandoned(self, living: list[UUID]) -> Self:
        return self.filter(state="running").exclude(holder__in=living)


class Run(OrganOwned):
    """``quick``: a question that somebody waits for with the mouse in the hand; it is neither in
    the journal nor kept overnight."""

    flow = RunFlow

    kind = models.CharField("种类", max_length=60)
    quick = models.BooleanField(default=False)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("提交时间")
    back = models.CharField(max_length=200, blank=True)
    ask: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("要求", default=dict)
    result: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("结果", default=dict)
    problem: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("问题", default=dict)
    share = models.FloatField("进度", default=0.0)
    words = models.CharField("进展", max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField("第几次", default=0)
    holder = models.UUIDField(null=True)
    begun_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    state = RunFlow.field()

    objects: ClassVar[RunQuerySet] = RunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "计算"
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["state", "quick", "asked_at"], name="run_next")]

    def __str__(self) -> str:
        return self.says

    @property
    def planned(self) -> "Planned":
        from .kinds import kinds

        return kinds[self.kind]

    @property
    def says(self) -> str:
        return self.planned.says

    @property
    def shown(self) -> State:
        return RunFlow.shown(self)

    @property
    def is_open(self) -> bool:
        return not self.shown.final

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    @property
    def folder(self) -> Path:
        return Path(settings.RUNS_DIR) / str(self.pk)

    def file(self, name: str) -> Path:
        return self.folder / name


def new_run(organ: Organ, user: User | None, **columns: Any) -> Run:
    from hudun.core import clock

    return Run.objects.create(organ=organ, asked_by=user, asked_at=clock.now(), **columns)
