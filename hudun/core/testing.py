"""The cast and the stage of every test: two districts, nine people.

Rows are made directly here and nowhere else outside an action.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from hudun.core.action import Actor
from hudun.core.organ import Organ, OrganKind, Post, Role, User

PASSWORD = "Xun-Luo-2026"  # noqa: S105 - the cast of the tests
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Stage:
    """天心区 with two 街道, and another district in another province."""

    hunan: Organ
    changsha: Organ
    tianxin: Organ
    pozijie: Organ
    chengnanlu: Organ
    baishajing: Organ
    henan: Organ
    luohe: Organ
    yuanhui: Organ
    laojie: Organ


@dataclass(frozen=True)
class Cast:
    wang: User
    """王值班, duty officer of 天心区."""
    li: User
    """李科长, chief of 天心区."""
    zhang: User
    """张科员, clerk of 天心区."""
    zhao: User
    """赵巡查, inspector of 坡子街街道 only."""
    zhou: User
    """周主任, director of 天心区."""
    qian: User
    """钱外区, chief of 源汇区: must see nothing of 天心区."""
    xiguan: User
    """系管, system administrator of 天心区."""
    anguan: User
    """安管, security administrator of 天心区."""
    shenji: User
    """审计, auditor of 天心区."""
    stage: Stage

    def actor(self, name: str) -> Actor:
        """`cast.actor("li")`: the person at a web page."""
        user: User = getattr(self, name)
        return Actor(user, "web", "test")


def make_stage() -> Stage:
    plant = Organ.objects.plant
    province, city, district = OrganKind.PROVINCE, OrganKind.CITY, OrganKind.DISTRICT
    street, community = OrganKind.SUBDISTRICT, OrganKind.COMMUNITY
    hunan = plant(province, "湖南省", code="43")
    changsha = plant(city, "长沙市", code="4301", parent=hunan)
    tianxin = plant(district, "天心区", code="430103", parent=changsha)
    pozijie = plant(street, "坡子街街道", code="430103002", parent=tianxin)
    chengnanlu = plant(street, "城南路街道", code="430103004", parent=tianxin)
    baishajing = plant(community, "白沙井社区居委会", code="430103004005", parent=chengnanlu)
    henan = plant(province, "河南省", code="41")
    luohe = plant(city, "漯河市", code="4111", parent=henan)
    yuanhui = plant(district, "源汇区", code="411102", parent=luohe)
    laojie = plant(street, "老街街道", code="411102001", parent=yuanhui)
    return Stage(
        hunan, changsha, tianxin, pozijie, chengnanlu, baishajing, henan, luohe, yuanhui, laojie
    )


def make_person(username: str, full_name: str, organ: Organ, *roles: Role) -> User:
    """A person who can log in with PASSWORD and holds the roles in the organ."""
    user = User.objects.create_user(username, None, full_name=full_name, organ=organ)
    for role in roles:
        Post.objects.create(user=user, organ=organ, role=role, since=LONG_AGO)
    return user


def give_password(user: User) -> User:
    """Hashing is slow on purpose: only tests that log in by the form pay for it."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def make_cast(stage: Stage) -> Cast:
    tianxin = stage.tianxin
    return Cast(
        wang=make_person("wang", "王值班", tianxin, Role.DUTY_OFFICER),
        li=make_person("li", "李科长", tianxin, Role.CHIEF),
        zhang=make_person("zhang", "张科员", tianxin, Role.CLERK),
        zhao=make_person("zhao", "赵巡查", stage.pozijie, Role.INSPECTOR),
        zhou=make_person("zhou", "周主任", tianxin, Role.DIRECTOR),
        qian=make_person("qian", "钱外区", stage.yuanhui, Role.CHIEF),
        xiguan=make_person("xiguan", "系管", tianxin, Role.SYSTEM_ADMIN),
        anguan=make_person("anguan", "安管", tianxin, Role.SECURITY_ADMIN),
        shenji=make_person("shenji", "审计", tianxin, Role.AUDITOR),
        stage=stage,
    )
