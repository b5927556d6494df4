"""`hudun sound`: exits 0 only if every verdict is the one that the faults call for."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from hudun.runtime import clock
from hudun.terminal.fleet.faults import Fault, FaultFileError, read_faults

AGREES, DIFFERS, BAD = 0, 1, 2
MOST_SIRENS = 1000


def main(argv: list[str]) -> int:
    asked = _parser().parse_args(argv)
    try:
        faults = read_faults(asked.faults, range(1, asked.sirens + 1)) if asked.faults else None
    except FaultFileError as error:
        print(f"{error}\n没有启动任何进程。请改正故障文件后再试。", file=sys.stderr)
        return BAD
    if asked.json and not _may_be_written(asked.json):
        print(
            f"422.92 {asked.json} 写不进去，没有启动任何进程。请换一个 --json 文件。",
            file=sys.stderr,
        )
        return BAD
    directory = asked.dir or Path(tempfile.mkdtemp(prefix="hudun-sound-"))
    if not _is_empty(directory):
        print(
            f"422.91 {directory} 不是空目录：已有的数据不会被覆盖。请换一个目录。", file=sys.stderr
        )
        return BAD
    prepare(directory)
    return _run(directory, asked, faults)


def _is_empty(directory: Path) -> bool:
    """Made where there is none yet."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return not any(directory.iterdir())
    except OSError:
        return False


def _may_be_written(path: Path) -> bool:
    """Asked before the sounding: its result must not be lost for want of a folder."""
    return path.parent.is_dir() and not path.is_dir() and os.access(path.parent, os.W_OK)


def prepare(directory: Path) -> None:
    """Where everything of this run lives, and by which clock. Before Django is set up."""
    os.environ["HUDUN_VAR"] = str(directory)
    os.environ["HUDUN_DEMO"] = "1"
    os.environ[clock.VARIABLE] = str(directory / "clock.json")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hudun.settings")
    clock.write_knots(directory / "clock.json", [(time.time(), time.time())], 1.0)


def _run(directory: Path, asked: argparse.Namespace, faults: list[Fault] | None) -> int:
    import django

    django.setup()
    from hudun.demo.sounding.run import Stuck
    from hudun.demo.sounding.stage import perform

    say = _whisper if asked.quiet else _say
    try:
        result = perform(directory, asked.sirens, asked.seed, faults, say)
    except Stuck as stuck:
        print(f"没有做完：{stuck}\n各进程的日志在 {directory / 'log'}", file=sys.stderr)
        return DIFFERS
    if asked.json:
        asked.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    _show(result)
    return AGREES if result["agrees"] else DIFFERS


def _show(result: dict[str, Any]) -> None:
    for rate in result["rates"]:
        print(f"{rate['name']} {rate['numerator']}/{rate['denominator']}（{rate['text']}）")
    for path in result["papers"].values():
        print(f"报告 {path}")
    for line in result["wrong"]:
        print(f"不符：{line}", file=sys.stderr)
    faulty = sum(bool(row["faults"]) for row in result["sirens"])
    verdict = "每个结论都与所设故障相符" if result["agrees"] else "有结论与所设故障不符"
    print(f"{len(result['sirens'])} 台警报器（{faulty} 台设了故障，均为模拟）：{verdict}")


def _say(text: str) -> None:
    print(text, flush=True)


def _whisper(_: str) -> None:
    return


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "hudun sound", description="不用浏览器，压缩时间，演示一次完整的 11·1 试鸣（终端均为模拟）"
    )
    parser.add_argument(
        "--faults", type=Path, metavar="文件", help="故障文件，格式见 docs/terminal.md"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="决定位置，以及没有故障文件时由谁出故障"
    )
    parser.add_argument("--sirens", type=_sirens, default=60, help=f"台数，至多 {MOST_SIRENS}")
    parser.add_argument("--json", type=Path, metavar="文件", help="逐台结果写成 JSON")
    parser.add_argument("--dir", type=Path, metavar="目录", help="数据放在哪里（缺省为临时目录）")
    parser.add_argument("--quiet", action="store_true", help="只说结果")
    return parser


def _sirens(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_SIRENS:
        raise argparse.ArgumentTypeError(f"应为 1 至 {MOST_SIRENS} 的整数")
    return int(text)
