"""`hudun`: one table from word to work. Nothing is imported before it is called, so that
`hudun terminal` runs where only the base dependencies are installed."""

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    target: str
    says: str
    office: bool = False  # needs the "office" extra
    models: bool = False  # needs Django set up before its module is imported


COMMANDS = {
    "demo": Command("hudun.demo.start:main", "演示：建一个区，启动全部进程", office=True),
    "sound": Command("hudun.demo.sound:main", "演示：不开浏览器走完一次试鸣", office=True),
    "terminal": Command("hudun.terminal.cli:main", "警报终端，或一群模拟终端"),
    "dispatch": Command("hudun.affairs.soundings.cli:dispatch", "发令进程", True, True),
    "stop": Command("hudun.affairs.soundings.cli:stop", "立即停止鸣响", True, True),
    "broker": Command("hudun.runtime.broker.cli:main", "消息服务器：演示用，或代启 mosquitto"),
    "web": Command("hudun.core.processes:web", "网页进程", True, True),
    "worker": Command("hudun.core.processes:worker", "后台进程", True, True),
    "planner": Command("hudun.core.processes:planner", "计算进程", True, True),
    "key": Command("hudun.runtime.keys_cli:key", "个人签名密钥：新建、查看"),
    "roster": Command("hudun.runtime.keys_cli:roster", "密钥名册：离线根密钥签发"),
    "release": Command("hudun.runtime.keys_cli:release", "不经浏览器核对并签发放行令"),
    "certs": Command("hudun.runtime.certs:main", "本单位的证书颁发机构与服务器证书"),
    "check": Command("hudun.affairs.soundings.checks:main", "核对：时间表、声学算例等", True, True),
    "journal": Command("hudun.core.journal_cli:main", "核验操作日志链", True, True),
    "simulate": Command("hudun.wire.simulation.cli:main", "按种子模拟警报网，检验不变式"),
    "coverage": Command("hudun.affairs.coverage.command:main", "音响覆盖：从文件计算", True),
    "siting": Command("hudun.affairs.coverage.siting.command:main", "选址：从文件计算", True),
    "shelter-plan": Command("hudun.affairs.plans.shelter_plan.command:main", "编制掩蔽方案", True),
    "manage": Command("hudun.cli:manage", "Django 管理命令", True, True),
}

CHECKS = {
    "assignment": Command("hudun.affairs.plans.checks:main", "核对掩蔽分配及其最优性证明", True),
    "acoustics": Command("hudun.affairs.coverage.check_acoustics:main", "核对声学算例", True),
    "siting": Command("hudun.affairs.coverage.check_siting:main", "求解选址算例", True),
}
"""Kinds of `hudun check` that need no database; the others are the soundings' own."""


def main(argv: list[str] | None = None) -> int:
    name, *rest = (sys.argv[1:] if argv is None else argv) or [""]
    if name in ("-h", "--help"):
        print(overview())
        return 0
    command = COMMANDS.get(name)
    if name == "check" and rest and rest[0] in CHECKS:
        command, rest = CHECKS[rest[0]], rest[1:]
    if command is None:
        print(f"没有这个命令：{name}\n" if name else "", overview(), sep="", file=sys.stderr)
        return 2
    try:
        work = load(command)
    except ModuleNotFoundError as missing:
        print(explain(name, command, missing), file=sys.stderr)
        return 2
    return work(rest)


def load(command: Command) -> Callable[[list[str]], int]:
    if command.models:
        set_up_django()
    module, _, function = command.target.partition(":")
    work: Callable[[list[str]], int] = getattr(importlib.import_module(module), function)
    return work


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hudun.settings")
    import django

    django.setup()


def manage(argv: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hudun manage", *argv])
    return 0


def overview() -> str:
    lines = [f"  {name:<13}{command.says}" for name, command in COMMANDS.items()]
    return "\n".join(["用法：hudun 命令 [参数…]", *lines, "每个命令加 --help 看它的参数。"])


def explain(name: str, command: Command, missing: ModuleNotFoundError) -> str:
    package = (missing.name or "").partition(".")[0]
    if package == "hudun":
        return f"“hudun {name}”尚未提供（缺少模块 {missing.name}）。"
    wanted = "hudun[office]" if command.office else "hudun"
    return f"“hudun {name}”缺少组件 {package}，请先安装：pip install '{wanted}'"


if __name__ == "__main__":
    sys.exit(main())
