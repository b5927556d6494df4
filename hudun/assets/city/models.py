"""Layers of the ground that everyone computes on."""

from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User
from hudun.core.place import DATUMS
from hudun.core.planner import Run
from hudun.engines.geodesy import Datum

from . import problems as problems
from .flow import LayerFlow


class LayerKind(models.TextChoices):
    BUILDINGS = "buildings", "建筑物"
    TERRAIN = "terrain", "地形"
    STREETS = "streets", "道路"
    POPULATION = "population", "人口"
    BUILT_UP = "built_up", "建成区"
    AMBIENT = "ambient", "声环境功能区"
    GROUND = "ground", "地面因子"


UNITS = {"buildings": "幢", "terrain": "格", "streets": "段", "population": "处"}
OTHER_UNIT = "块"


class LayerQuerySet(OwnedQuerySet["Layer"]):
    def in_use(self) -> Self:
        return self.filter(state="in_use")

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def under_or_above(self, organ: Organ) -> Self:
        """Of the organ, of one above it or of one below; the newest first."""
        near = models.Q(organ__path__startswith=organ.path)
        near |= models.Q(organ__path__in=organ.paths_above())
        return self.filter(near).order_by("-kept_at", "-id")

    def over(self, organ: Organ) -> Self:
        """What covers the whole organ: its own first, then of those above; the newest first."""
        above = self.filter(organ__path__in=organ.paths_above())
        return above.order_by("-organ__depth", "-kept_at", "-id")


class Layer(OrganOwned):
    """`said` is what the reader of the file said, line by line; `faults` what was wrong with it,
    counted. The file lies beside the database under its digest."""

    flow = LayerFlow

    kind = models.CharField("种类", max_length=12, choices=LayerKind.choices)
    name = models.CharField("名称", max_length=80)
    source = models.CharField("来源", max_length=200)
    licence = models.CharField("许可", max_length=80, blank=True)
    datum = models.CharField("坐标系", max_length=10, choices=DATUMS, default=Datum.CGCS2000.value)
    surveyed_on = models.DateField("数据日期")
    simulated = models.BooleanField("模拟数据", default=False)
    digest = models.CharField("摘要（SHA-256）", max_length=64, db_index=True)
    suffix = models.CharField(max_length=12)
    size = models.PositiveBigIntegerField("字节数")
    file_name = models.CharField("文件名", max_length=200)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    kept_at = models.DateTimeField("存入时间", null=True)
    rows = models.PositiveIntegerField("数量", null=True)
    said: "models.JSONField[list[str], list[str]]" = models.JSONField("读到的", default=list)
    faults: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(
        "问题", default=dict
    )
    west = models.FloatField("西", null=True)
    south = models.FloatField("南", null=True)
    east = models.FloatField("东", null=True)
    north = models.FloatField("北", null=True)
    reading = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+")
    state = LayerFlow.field()

    objects: ClassVar[LayerQuerySet] = LayerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "城市图层"
        ordering = ["kind", "-uploaded_at", "-id"]
        indexes = [models.Index(fields=["organ", "kind", "state"], name="layer_organ_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie; a layer whose file is gone is a numbered problem."""
        found = file_of(self.digest, self.suffix)
        if not found.is_file():
            raise Problem("404.160", name=self.name)
        return found

    @property
    def stuck(self) -> bool:
        """Nobody is reading it any more."""
        return self.reading is None or self.reading.state not in ("queued", "running")

    @property
    def true_datum(self) -> Datum:
        return Datum(self.datum)

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north, in degrees."""
        if None in (sides := (self.west, self.south, self.east, self.north)):
            return None
        return sides  # type: ignore[return-value]

    @property
    def count_said(self) -> str:
        if self.rows is None:
            return "未读"
        return f"{self.rows:,} {UNITS.get(self.kind, OTHER_UNIT)}".replace(",", " ")

    def line(self) -> str:
        """What a result that rests on it prints."""
        licence = f"（{self.licence}）" if self.licence else ""
        made_up = "，模拟数据" if self.simulated else ""
        return (
            f"{self.name}，{self.count_said}，{self.source}{licence}，"
            f"{self.surveyed_on:%Y-%m-%d}，{self.get_datum_display()}，"
            f"摘要 {self.digest[:12]}…{made_up}"
        )


def folder() -> Path:
    return Path(settings.CITY_DIR)


def file_of(digest: str, suffix: str) -> Path:
    return folder() / f"{digest}{suffix}"
