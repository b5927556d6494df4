"""Who works in the demonstration's offices."""

from __future__ import annotations

from dataclasses import dataclass

from hudun.core.action import Actor
from hudun.core.organ import Organ, Role, User
from hudun.office.actions import appoint, create_user, found_unit
from hudun.office.models import Nature

COMPANY = "安居物业（演示）"


@dataclass(frozen=True)
class Person:
    username: str
    full_name: str
    organ: str
    roles: tuple[Role, ...]
    phone: str = ""
    unit: str = ""
    """A company of that name in the organ, founded for the person to work in."""


PEOPLE = (
    Person("wang", "王值班", "430103", (Role.DUTY_OFFICER,), "0731-85550101"),
    Person("li", "李科长", "430103", (Role.CHIEF,), "0731-85550102"),
    Person("zhou", "周主任", "430103", (Role.DIRECTOR,), "0731-85550103"),
    Person("zhang", "张科员", "430103", (Role.CLERK,), "0731-85550104"),
    Person("zhao", "赵巡查", "430103002", (Role.INSPECTOR,), "0731-85550105"),
    Person("sun", "孙物业", "430103004", (Role.KEEPER,), "0731-85550106", unit=COMPANY),
    Person("xiguan", "系统管理员", "430103", (Role.SYSTEM_ADMIN,)),
    Person("anguan", "安全管理员", "430103", (Role.SECURITY_ADMIN,)),
    Person("shenji", "审计员", "430103", (Role.AUDITOR,)),
    Person("qian", "钱外区", "411102", (Role.CHIEF,), "0395-5550101"),
)


def settle_people(password: str) -> dict[str, User]:
    """Accounts and posts; by user name."""
    actor = Actor.system(device="demo")
    settled = {}
    for person in PEOPLE:
        organ = _organ(actor, person)
        user = create_user(
            actor,
            organ,
            username=person.username,
            full_name=person.full_name,
            phone=person.phone,
            password=password,
        )
        for role in person.roles:
            appoint(actor, organ, user=user, role=role)
        settled[person.username] = user
    return settled


def _organ(actor: Actor, person: Person) -> Organ:
    organ = Organ.objects.get(code=person.organ)
    if not person.unit:
        return organ
    return found_unit(
        actor,
        organ,
        name=person.unit,
        nature=Nature.PROPERTY,
        contact=person.full_name,
        phone=person.phone,
    ).node
