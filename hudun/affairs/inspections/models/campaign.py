"""检查任务: what is to be visited between two days, drawn how, by which teams."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hudun.affairs.inspections.flow import CampaignFlow
from hudun.core import clock
from hudun.core.organ import OrganOwned, OwnedQuerySet, User
from hudun.core.rule import all_rules

from .plated import OnPlate, OnPlateQuerySet
from .template import CheckTemplate


def template_choices() -> list[tuple[str, str]]:
    """The templates of the rules."""
    shipped = (each for entry in all_rules("check_templates") for each in entry.value)
    return [(each["slug"], each["title"]) for each in shipped]


class CampaignKind(models.TextChoices):
    PATROL = "patrol", "巡查"
    YEARLY = "yearly", "年度检查"
    FLOOD = "flood", "汛前检查"
    HOLIDAY = "holiday", "节前检查"


class CampaignQuerySet(OwnedQuerySet["Campaign"]):
    def running(self) -> Self:
        return self.filter(state="running")

    def visible_to(self, user: User) -> Self:
        """In one's subtree, or on whose roster one stands."""
        mine = CampaignTeam.objects.filter(members=user)
        return self.filter(user.sight("organ__path") | Q(pk__in=mine.values("campaign")))

    def with_counts(self) -> Self:
        """Each with `total` and `visited`."""
        tasks = CampaignTask.objects.filter(campaign=OuterRef("pk")).order_by()
        done = tasks.visited()
        return self.annotate(total=_counted(tasks), visited=_counted(done))


class Campaign(OrganOwned):
    """`pool` is every code that could have been drawn, in the sequence of the draw's input; with
    `seed` and `drawn` anybody can repeat the draw."""

    flow = CampaignFlow
    journal_hidden = frozenset({"pool"})
    """The line of the draw has its digest."""

    total: int
    visited: int

    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=10, choices=CampaignKind.choices)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("结束日期")
    template_slug = models.CharField("检查表", max_length=40, choices=template_choices)
    template = models.ForeignKey(
        CheckTemplate, models.PROTECT, null=True, related_name="+", verbose_name="检查表版本"
    )
    note = models.TextField("说明", blank=True)
    share = models.PositiveSmallIntegerField(
        "抽查比例（%）", default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    seed = models.CharField("抽签种子", max_length=64, blank=True)
    pool: "models.JSONField[Any, list[str]]" = models.JSONField("抽签范围", default=list)
    drawn_at = models.DateTimeField("抽签时间", null=True, blank=True)
    drawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="抽签人"
    )
    state = CampaignFlow.field()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查任务"
        ordering = ["-opens_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="campaign_ends_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def progress(self) -> str:
        """Where `with_counts` was asked."""
        return f"{self.visited}/{self.total}"

    @property
    def left(self) -> int:
        return self.total - self.visited

    @property
    def by_team(self) -> list[dict[str, Any]]:
        """Of each team: name, members, total, visited; last what belongs to none."""
        done: list[object] = [task.team_id for task in self.tasks.visited()]
        every: list[object] = [task.team_id for task in self.tasks.all()]
        teams = list(self.teams.prefetch_related("members"))
        rows = [(team.pk, team.name, "、".join(map(str, team.members.all()))) for team in teams]
        return [
            {"name": name, "members": members, "total": every.count(pk), "visited": done.count(pk)}
            for pk, name, members in [*rows, (None, "未分组", "")]
            if pk or every.count(None)
        ]

    @property
    def is_late(self) -> bool:
        return self.state == "running" and clock.today() > self.closes_on


class CampaignTeam(OrganOwned):
    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="teams", verbose_name="检查任务"
    )
    name = models.CharField("名称", max_length=50)
    members: "models.ManyToManyField[User, Any]" = models.ManyToManyField(
        User, related_name="+", verbose_name="成员"
    )

    objects = OwnedQuerySet["CampaignTeam"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查组"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="one_team_per_name")
        ]

    def __str__(self) -> str:
        return self.name


def _counted(rows: "QuerySet[Any]") -> Coalesce:
    counted = rows.values("campaign").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _visits() -> Exists:
    """Whether the task's plate was visited in its campaign."""
    from .visit import Visit

    visits = Visit.objects.standing().filter(campaign=OuterRef("campaign"))
    return Exists(visits.filter(plate=OuterRef("plate")))


class CampaignTaskQuerySet(OnPlateQuerySet["CampaignTask"]):
    def with_progress(self) -> Self:
        """Each with `done`."""
        return self.annotate(done=_visits())

    def visited(self) -> Self:
        return self.filter(_visits())

    def not_visited(self) -> Self:
        return self.exclude(_visits())

    def for_person(self, user: User) -> Self:
        """Of the person's team; all of them where the campaign has no team."""
        return self.filter(Q(team__members=user) | Q(campaign__teams=None))


class CampaignTask(OnPlate):
    """One plate to be visited. Whether it was, is asked of the visits."""

    done: bool
    """Where `with_progress` was asked."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="tasks", verbose_name="检查任务"
    )
    team = models.ForeignKey(
        CampaignTeam, models.SET_NULL, null=True, related_name="tasks", verbose_name="检查组"
    )
    number = models.PositiveIntegerField("序号")

    objects = CampaignTaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查对象"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "plate"], name="one_task_per_plate")
        ]

    def __str__(self) -> str:
        return str(self.plate)
