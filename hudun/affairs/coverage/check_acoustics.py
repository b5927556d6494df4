"""`hudun check acoustics FILE [--json]`: exits 0 if every value agrees, 1 on a difference, 2 on a
bad file. The form of the file: docs/acoustics-cases.md."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .cases import BadCase, Result, compare, compare_absorption, compare_table2

AGREES, DIFFERS, BAD = 0, 1, 2


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="hudun check acoustics", description="核对声学算例")
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--json", action="store_true", help="结果写成 JSON")
    asked = parser.parse_args(argv)
    try:
        results = read(asked.file)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        print(f"读不懂算例文件 {asked.file}：{explain(wrong)}", file=sys.stderr)
        return BAD
    if asked.json:
        print(json.dumps(as_json(results), ensure_ascii=False, indent=1))
    else:
        print("\n".join(text(result) for result in results))
    return AGREES if all(result.agrees for result in results) else DIFFERS


def explain(wrong: Exception) -> str:
    return f"缺少 {wrong}" if isinstance(wrong, KeyError) else str(wrong)


def read(path: Path) -> list[Result]:
    """All that the file holds: a list of cases, or an object with `cases` and tables."""
    given: Any = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(given, list):
        given = {"cases": given}
    elif "source" in given:
        given = {"cases": [given]}
    results = [named(case) for case in given.get("cases", [])]
    if given.get("iso9613_1"):
        results.append(compare_absorption(given["iso9613_1"]))
    if given.get("iso9613_2_table2"):
        results.append(compare_table2(given["iso9613_2_table2"]))
    if not results:
        raise BadCase("没有算例（cases）")
    return results


def named(case: dict[str, Any]) -> Result:
    try:
        return compare(case)
    except KeyError as missing:
        raise BadCase(f"算例 {case.get('id', '?')}：缺少 {missing}") from missing
    except (TypeError, ValueError) as wrong:
        raise BadCase(f"算例 {case.get('id', '?')}：{wrong}") from wrong


def text(result: Result) -> str:
    lines = [f"{result.name}：{result.title}：{'一致' if result.agrees else '不一致'}"]
    for line in result.lines:
        if line.expected is None:
            lines.append(f"  {line.what:<22}{line.value:9.3f}")
            continue
        mark = "" if line.agrees else "  ← 超出"
        deviation = line.value - line.expected
        lines.append(
            f"  {line.what:<22}{line.value:9.3f}  应为 {line.expected:8.3f}"
            f"  差 {deviation:+.3f}（容许 {line.tolerance:g}）{mark}"
        )
    return "\n".join(lines)


def as_json(results: list[Result]) -> dict[str, Any]:
    return {
        "agrees": all(result.agrees for result in results),
        "cases": [
            {
                "id": result.name,
                "title": result.title,
                "agrees": result.agrees,
                "values": [
                    {
                        "what": line.what,
                        "value": round(line.value, 4),
                        "expected": line.expected,
                        "deviation": None if line.deviation is None else round(line.deviation, 4),
                        "tolerance": line.tolerance,
                        "agrees": line.agrees,
                    }
                    for line in result.lines
                ],
            }
            for result in results
        ],
    }
