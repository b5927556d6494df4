"""`hudun journal`: is the record of what was done still whole?"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from hudun.core.journal.models import JournalHead
from hudun.core.journal.verify import Head, verify
from hudun.core.organ import Organ


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    work = {"verify": _verify, "head": _head}[options.command]
    return work(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hudun journal", description="核验操作日志")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("verify", help="逐行核验；全部相符时退出码为 0")
    check.add_argument("--organ", help="只核验这个区划代码所在的链")
    check.add_argument(
        "--noted", type=Path, help="另处记下的链尾，一行一个（见 hudun journal head）"
    )
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    commands.add_parser("head", help="打印各链的链尾，供抄存").add_argument(
        "--json", action="store_true", help="以 JSON 输出"
    )
    return parser


def _verify(options: argparse.Namespace) -> int:
    organ = Organ.objects.get(code=options.organ) if options.organ else None
    faults = verify(organ, _noted(options.noted))
    if options.json:
        report = {"ok": not faults, "faults": [asdict(fault) for fault in faults]}
        print(json.dumps(report, ensure_ascii=False))
    else:
        for fault in faults:
            print(f"{fault.chain or '全局'} 第 {fault.seq} 行：{fault.what}（{fault.kind}）")
        print("日志有问题，请保护现场并报告审计员。" if faults else "日志完整，逐行相符。")
    return 1 if faults else 0


def _noted(path: Path | None) -> list[Head]:
    if path is None:
        return []
    lines = sys.stdin.read() if str(path) == "-" else path.read_text()
    return [Head.parse(line) for line in lines.splitlines() if line.strip()]


def _head(options: argparse.Namespace) -> int:
    heads = [Head(row.chain, row.seq, row.hash) for row in JournalHead.objects.order_by("chain")]
    if options.json:
        print(json.dumps([each._asdict() for each in heads], ensure_ascii=False))
    else:
        print("\n".join(map(str, heads)))
    return 0
