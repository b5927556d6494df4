"""The office as a signer of orders: its numbers, its two pinned roots, its rosters and keys."""

from typing import ClassVar, Self

from django.db import models

from hudun.affairs.soundings.flow import KeyFlow
from hudun.core import clock
from hudun.core.organ import OrganOwned, OwnedQuerySet, User
from hudun.wire.frames import Right, Roster


class Issuer(OrganOwned):
    """One per office. Its number is the office's division code: frames and topics carry it."""

    number = models.PositiveIntegerField("发令单位编号", unique=True)
    root_a = models.BinaryField("根公钥甲", max_length=32, default=bytes)
    root_b = models.BinaryField("根公钥乙", max_length=32, default=bytes)
    last_counter = models.PositiveBigIntegerField("命令序号", default=0)
    last_list = models.PositiveIntegerField("名单序号", default=0)
    last_kid = models.PositiveIntegerField("密钥编号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "发令单位"
        constraints = [
            models.UniqueConstraint(fields=["organ"], name="one_issuer_per_organ"),
        ]

    def __str__(self) -> str:
        return f"{self.organ}（{self.number}）"

    @property
    def roots(self) -> tuple[bytes, bytes]:
        return bytes(self.root_a), bytes(self.root_b)

    def roster(self) -> Roster | None:
        """The roster in force: the one with the highest number."""
        newest = self.rosters.order_by("-number").first()
        return newest.content if newest else None


class RosterRecord(OrganOwned):
    """A roster as the root key signed it. The newest is in force; older ones stay to be read."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="rosters")
    number = models.PositiveIntegerField("名册编号")
    frame = models.BinaryField()
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "密钥名册"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="one_roster_per_number"),
        ]

    def __str__(self) -> str:
        return f"名册 {self.number}"

    @property
    def content(self) -> Roster:
        from hudun.wire.cose import take_apart

        return Roster.decode(take_apart(bytes(self.frame)).payload)


class PersonKeyQuerySet(OwnedQuerySet["PersonKey"]):
    def listed(self) -> Self:
        return self.filter(state="listed")

    def requested(self) -> Self:
        return self.filter(state="requested")

    def of_user(self, user: User) -> Self:
        return self.filter(user=user)

    def valid_now(self) -> Self:
        return self.listed().filter(until__gt=clock.now())


class PersonKey(OrganOwned):
    """A public key; the private one never leaves its owner's computer. Without a user: the desk."""

    flow = KeyFlow

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="keys")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="signing_keys", verbose_name="人员"
    )
    name = models.CharField("名称", max_length=60)
    kid = models.PositiveIntegerField("密钥编号")
    person = models.PositiveIntegerField("人员编号")
    public = models.BinaryField("公钥", max_length=32)
    rights = models.PositiveSmallIntegerField("权限")
    until = models.DateTimeField("有效期至")
    state = KeyFlow.field()

    objects: ClassVar[PersonKeyQuerySet] = PersonKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "签名密钥"
        ordering = ["kid"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kid"], name="one_key_per_kid"),
            models.UniqueConstraint(fields=["issuer", "public"], name="a_key_is_listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.kid}）"

    @property
    def right_words(self) -> str:
        words = {
            Right.LIVE: "实警",
            Right.TRIAL: "试鸣",
            Right.SILENT: "静默",
            Right.STOP: "停止",
            Right.TIME: "授时",
        }
        return "、".join(word for right, word in words.items() if right & self.rights)
