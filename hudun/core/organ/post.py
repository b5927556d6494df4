"""A post: a person, an organ, a role, and the time it is held."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from hudun.core import clock
from hudun.core.identity import new_id
from hudun.core.remembered import Remembered

from .organ import Organ
from .owned import OwnedQuerySet


class Role(models.TextChoices):
    DUTY_OFFICER = "duty_officer", "值班员"
    CHIEF = "chief", "科长"
    CLERK = "clerk", "科员"
    INSPECTOR = "inspector", "巡查员"
    KEEPER = "keeper", "管护员"
    DIRECTOR = "director", "主任"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计员"


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})


class PostQuerySet(OwnedQuerySet["Post"]):
    def current(self) -> Self:
        moment = clock.now()
        return self.filter(since__lte=moment).filter(Q(until=None) | Q(until__gt=moment))

    def not_ended(self) -> Self:
        """Held now or to be held later."""
        return self.filter(Q(until=None) | Q(until__gt=clock.now()))


class Post(Remembered):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey("core.User", models.PROTECT, related_name="posts", verbose_name="人员")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts", verbose_name="机构")
    role = models.CharField("岗位", max_length=16, choices=Role.choices)
    since = models.DateTimeField("任职时间")
    until = models.DateTimeField("离任时间", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["organ__path", "role", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organ", "role"],
                condition=Q(until=None),
                name="one_open_post_per_role",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(until=None, role__in=sorted(ADMINISTRATORS)),
                name="administrators_exclude_one_another",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}（{self.organ}）"

    @property
    def is_current(self) -> bool:
        moment = clock.now()
        return self.since <= moment and (self.until is None or self.until > moment)
