"""`hudun manage import_divisions FILE`"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.office.actions import import_divisions
from hudun.office.division_file import read_divisions


class Command(BaseCommand):
    help = "导入官方区划代码（CSV：code,name,level,parent）。同一文件可以反复导入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            divisions = read_divisions(options["file"])
        except (Problem, OSError) as fault:
            raise CommandError(str(fault)) from None
        actor = Actor(None, "cli", str(options["file"].name))
        done = import_divisions(actor, None, divisions)
        self.stdout.write(
            f"新增 {done.new}，改名 {done.renamed}，划转 {done.moved}，未变 {done.unchanged}；"
            f"库中有而文件中没有 {done.absent}（未改动）。"
        )
