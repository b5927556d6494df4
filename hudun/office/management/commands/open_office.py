"""`hudun manage open_office CODE`: the first command on a new installation."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hudun.core.action import Actor, together
from hudun.core.error import Problem
from hudun.core.organ import Organ, Role
from hudun.office.actions import appoint, create_user, open_office

ADMINISTRATORS = {
    Role.SYSTEM_ADMIN: "sys",
    Role.SECURITY_ADMIN: "sec",
    Role.AUDITOR: "aud",
}


class Command(BaseCommand):
    help = "开办一个区县的机关，并建立系统管理员、安全管理员、审计员三个账号。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="区划代码，例如 430103")
        parser.add_argument("--name", default="", help="机关全称")
        parser.add_argument("--short-name", default="", help="机关简称")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            organ = Organ.objects.get(code=options["code"])
            with together():
                office = open_office(
                    CLI, organ, name=options["name"], short_name=options["short_name"]
                )
                people = [_administrator(organ, role) for role in ADMINISTRATORS]
        except Organ.DoesNotExist:
            raise CommandError("没有这个区划代码，请先导入区划。") from None
        except Problem as problem:
            raise CommandError(f"{problem} {problem.todo}") from None
        self.stdout.write(f"已开办：{office.name}")
        for username, label, password in people:
            self.stdout.write(f"{label}\t{username}\t{password}")
        self.stdout.write("密码只显示这一次，请分别交给三个不同的人，登录后立即修改。")


CLI = Actor(None, "cli")


def _administrator(organ: Organ, role: Role) -> tuple[str, str, str]:
    username, password = f"{organ.code}-{ADMINISTRATORS[role]}", secrets.token_urlsafe(12)
    user = create_user(CLI, organ, username=username, full_name=str(role.label), password=password)
    appoint(CLI, organ, user=user, role=role)
    return username, str(role.label), password
