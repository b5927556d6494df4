"""`hudun simulate`: run seeds, name each broken invariant, replay one."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict

from hudun.wire.simulation.planted import FAULTS
from hudun.wire.simulation.run import Plant, Result, simulate


def main(argv: Sequence[str] | None = None) -> int:
    """0: every invariant held (with --plant: the planted fault was found)."""
    options = _parser().parse_args(argv)
    plant = FAULTS[options.plant].planted if options.plant else nullcontext
    results = list(_results(options, plant))
    broken = [result for result in results if not result.holds]
    if options.json:
        print(json.dumps(_summary(results, broken), ensure_ascii=False))
    else:
        print(_words(results, broken))
    return 0 if bool(broken) is bool(options.plant) else 1


def _results(options: argparse.Namespace, plant: Plant) -> Iterator[Result]:
    for seed in options.seeds:
        result = simulate(seed, plant=plant, trace=options.trace)
        if options.trace and not options.json:
            print("\n".join(result.trace))
        if not result.holds and not options.json:
            print(f"种子 {seed}：{len(result.violations)} 处违反", file=sys.stderr)
            print("\n".join(f"  {line}" for line in result.violations), file=sys.stderr)
        yield result
        if options.plant and not result.holds:
            return


def _words(results: list[Result], broken: list[Result]) -> str:
    hours = sum(result.simulated_s for result in results) / 3600
    kills = sum(result.kills for result in results)
    writes = sum(result.writes for result in results)
    head = f"{len(results)} 个种子，模拟 {hours:.0f} 小时，{writes} 次写入，{kills} 次在写入处断电"
    if not broken:
        return f"{head}：不变式全部成立"
    again = "\n".join(f"  hudun simulate --seed {result.seed} --trace" for result in broken)
    return f"{head}：{len(broken)} 个种子违反不变式，重放：\n{again}"


def _summary(results: list[Result], broken: list[Result]) -> dict[str, object]:
    return {
        "seeds": len(results),
        "broken": [asdict(result) for result in broken],
        "writes": sum(result.writes for result in results),
        "kills": sum(result.kills for result in results),
        "simulated_s": round(sum(result.simulated_s for result in results)),
    }


def _parser() -> argparse.ArgumentParser:
    says = "按种子模拟警报网，检验不变式"
    parser = argparse.ArgumentParser(prog="hudun simulate", description=says)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--seeds", type=_range, default=range(100), metavar="A:B", help="种子范围")
    which.add_argument("--seed", dest="seeds", type=_one, metavar="N", help="重放一个种子")
    parser.add_argument("--trace", action="store_true", help="逐条打印经过")
    parser.add_argument("--plant", choices=sorted(FAULTS), help="埋入一个缺陷，应当被发现")
    parser.add_argument("--json", action="store_true")
    return parser


def _range(text: str) -> range:
    first, _, last = text.partition(":")
    try:
        seeds = range(int(first), int(last))
    except ValueError:
        seeds = range(0)
    if not seeds:
        raise argparse.ArgumentTypeError(f"“{text}”里没有种子，应为 A:B，从 A 起，不含 B")
    return seeds


def _one(text: str) -> range:
    try:
        return range(int(text), int(text) + 1)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”应为整数") from None


if __name__ == "__main__":
    sys.exit(main())
