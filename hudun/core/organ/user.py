"""A person who logs in. What they may do follows from the posts they hold."""

from collections.abc import Collection, Iterable
from time import monotonic
from typing import ClassVar, NamedTuple, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from hudun.core.identity import new_id
from hudun.core.remembered import Remembered

from .organ import Organ, OrganQuerySet
from .owned import OwnedQuerySet
from .post import Post, Role

STALE_S = 30.0


class Held(NamedTuple):
    """A post that is held now: the role and the path of the organ it covers."""

    role: Role
    path: str


def covers(held: Iterable[Held], organ: Organ, roles: Collection[Role] | None = None) -> bool:
    """Whether one of the posts reaches the organ, in one of the roles if any are named."""
    return any(
        organ.path.startswith(post.path) and (roles is None or post.role in roles) for post in held
    )


class UserQuerySet(OwnedQuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """People whose organ lies in the person's subtree, and the person."""
        return self.filter(user.sight("organ__path") | Q(pk=user.pk))


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, password: str | None = None, *, full_name: str = "", **fields: object
    ) -> "User":
        user = self.model(username=username, full_name=full_name or username, **fields)
        user.set_password(password)
        user.save(force_insert=True)
        return user


class User(Remembered, AbstractBaseUser):
    journal_hidden = frozenset({"password", "last_login"})

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField("登录名", max_length=50, unique=True)
    full_name = models.CharField("姓名", max_length=50)
    phone = models.CharField("电话", max_length=30, blank=True)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="所在机构"
    )
    is_active = models.BooleanField("启用", default=True)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def duties(self) -> str:
        """The posts held now, for a list. Wants `posts__organ` loaded."""
        return "、".join(
            f"{post.get_role_display()}（{post.organ}）"
            for post in self.posts.all()
            if post.is_current
        )

    def held_now(self) -> list[Held]:
        """Asks the database; an action goes by this. A stopped account holds nothing."""
        posts = Post.objects.current().filter(user=self, user__is_active=True)
        return [Held(Role(role), path) for role, path in posts.values_list("role", "organ__path")]

    @property
    def held(self) -> list[Held]:
        """As of half a minute ago at most; pages and live streams go by this."""
        known: tuple[float, list[Held]] | None = self.__dict__.get("_held")
        if known is None or monotonic() - known[0] > STALE_S:
            known = (monotonic(), self.held_now())
            self.__dict__["_held"] = known
        return known[1]

    def organs(self) -> OrganQuerySet:
        """The organs in which the person now holds a post; what they see is the trees below."""
        return Organ.objects.filter(path__in={post.path for post in self.held})

    def sees(self, organ: Organ) -> bool:
        return covers(self.held, organ)

    def has_role(self, role: Role | Collection[Role], organ: Organ) -> bool:
        roles = {role} if isinstance(role, Role) else role
        return covers(self.held, organ, roles)

    def has_any_role(self, *roles: Role) -> bool:
        return any(post.role in roles for post in self.held)

    def sight(self, path_field: str) -> Q:
        """The filter that leaves what lies in the person's subtrees, by the field with the path."""
        paths = {post.path for post in self.held}
        sight = Q(pk__in=[])
        for path in paths:
            sight |= Q(**{f"{path_field}__startswith": path})
        return sight
