"""What is listed and added up of a version: its communities, its shelters, who goes from which to
which. Everything finer stands in the folder of its run."""

from typing import ClassVar, Self

from django.db import models

from .version import Version


class CommunityRowQuerySet(models.QuerySet["CommunityRow"]):
    def of(self, version: Version) -> Self:
        return self.filter(version=version)

    def lacking(self) -> Self:
        """With people left over."""
        return self.filter(people__gt=models.F("covered"))


class CommunityRow(models.Model):
    """`position` names its sheet."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="communities")
    position = models.PositiveIntegerField()
    name = models.CharField("社区", max_length=120)
    people = models.PositiveIntegerField("人数")
    vulnerable = models.PositiveIntegerField("老弱")
    covered = models.PositiveIntegerField("有位")
    cut_off = models.PositiveIntegerField("道路不通")
    none_in_reach = models.PositiveIntegerField("范围内没有工程")
    full = models.PositiveIntegerField("范围内工程已满")
    mean_m = models.FloatField("平均步行（米）")
    worst_m = models.FloatField("最远步行（米）")
    inside_min = models.FloatField("全部进入（分）")

    objects: ClassVar[CommunityRowQuerySet] = CommunityRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="community_row_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int:
        return self.people - self.covered


class ShelterRowQuerySet(models.QuerySet["ShelterRow"]):
    def of(self, version: Version) -> Self:
        return self.filter(version=version)


class ShelterRow(models.Model):
    version = models.ForeignKey(Version, models.CASCADE, related_name="shelters")
    position = models.PositiveIntegerField()
    name = models.CharField("工程编号", max_length=120)
    title = models.CharField("名称", max_length=120, blank=True)
    community = models.CharField("所在社区", max_length=120, blank=True)
    places = models.PositiveIntegerField("容量")
    people = models.PositiveIntegerField("来人")
    inside_min = models.FloatField("最后一人进入（分）")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    objects: ClassVar[ShelterRowQuerySet] = ShelterRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="shelter_row_once")
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def free(self) -> int:
        return self.places - self.people


class PairRowQuerySet(models.QuerySet["PairRow"]):
    def of(self, version: Version) -> Self:
        return self.filter(community__version=version)


class PairRow(models.Model):
    community = models.ForeignKey(CommunityRow, models.CASCADE, related_name="pairs")
    shelter = models.ForeignKey(ShelterRow, models.CASCADE, related_name="pairs")
    people = models.PositiveIntegerField("人数")
    mean_m = models.FloatField("平均步行（米）")
    inside_min = models.FloatField("全部进入（分）")

    objects: ClassVar[PairRowQuerySet] = PairRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["community__position", "-people"]

    def __str__(self) -> str:
        return f"{self.community} → {self.shelter}"
