"""`hudun manage set_password USERNAME`: for those whose password nobody may set from a page."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hudun.core.action import Actor
from hudun.core.organ import User
from hudun.office.actions import set_password


class Command(BaseCommand):
    help = "重设一个账号的密码；新密码只显示一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError("没有这个登录名。")
        password = secrets.token_urlsafe(12)
        set_password(Actor(None, "cli"), user, password=password)
        self.stdout.write(f"{user.full_name}\t{user.username}\t{password}")
