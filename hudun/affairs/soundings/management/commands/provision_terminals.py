"""`hudun manage provision_terminals DIR`: what a terminal is mounted with, for all or for some."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hudun.affairs.soundings.dispatch.process import which
from hudun.affairs.soundings.mounting import mount
from hudun.affairs.soundings.provisioning import Trusts
from hudun.assets.sirens.models import Siren
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.runtime.keys import BadKeyFile, from_text
from hudun.wire.terminal import IssuerTrust

PUBLIC_OCTETS = 32


class Command(BaseCommand):
    help = "导出终端的装机文件、名册和消息服务器口令，并写好消息服务器的账号和权限。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, help="目录：每台一个子目录，broker 归消息服务器")
        parser.add_argument("--office", type=int, help="发令单位编号（区划代码）")
        parser.add_argument("--siren", type=int, nargs="+", metavar="编号", help="只导出这几台")
        parser.add_argument(
            "--upper", nargs=3, metavar=("单位", "根甲", "根乙"),
            help="上级（市）的发令编号和两把根公钥，终端也听它的命令",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["dir"]
        try:
            issuer = which(options["office"])
            sirens = _chosen(issuer.organ, options["siren"])
            offices = mount(issuer, sirens, folder, _upper(options["upper"]))
        except Problem as problem:
            raise CommandError(f"{problem} {problem.todo}") from None
        except OSError as error:
            raise CommandError(f"写不进 {folder}：{error}") from None
        self.stdout.write(f"{len(sirens)} 台的装机文件在 {folder}，含口令，交到终端后请收好。")
        if offices == 1:
            self.stdout.write("注意：终端只认得本单位。上级（市）的根公钥用 --upper 给出。")


def _chosen(office: Organ, numbers: list[int] | None) -> list[Siren]:
    """Those named, or all that have a terminal."""
    standing = Siren.objects.filter(office=office).orderable()
    if numbers is None:
        return list(standing.with_terminal())
    found = list(standing.filter(number__in=numbers))
    if missing := sorted(set(numbers) - {siren.number for siren in found}):
        raise CommandError(f"台账上没有 {'、'.join(map(str, missing))} 号警报器，没有导出。")
    return found


def _upper(words: list[str] | None) -> Trusts:
    if words is None:
        return {}
    number, *roots = words
    try:
        first, second = (from_text(root, PUBLIC_OCTETS) for root in roots)
        return {int(number): IssuerTrust((first, second))}
    except (BadKeyFile, ValueError):
        raise CommandError("--upper 应为单位编号和两把根公钥（hudun key show 所印）。") from None
