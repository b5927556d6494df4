"""The size of our code, held to a bound: small functions, files that fit one reason to exist.

A function counts from `def` to its end, without its docstring. Prints median, p90 and the
largest; exits 1 when a bound is broken, and warns about files that should become folders.
"""

import argparse
import ast
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

FUNCTION_P90 = 30
FUNCTION_MAX = 60
FILE_WARN = 300
FILE_MAX = 500
FOLDERS = ("hudun", "tools", "benchmarks", "tests")


@dataclass(frozen=True, order=True)
class Size:
    lines: int
    place: str


@dataclass
class Shape:
    functions: int
    median: float
    p90: int
    longest: list[Size]
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


Definition = ast.FunctionDef | ast.AsyncFunctionDef


def length(function: Definition) -> int:
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    return span(function) - (span(first) if has_docstring else 0)


def span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def functions(source: str, place: str) -> Iterator[Size]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Definition):
            yield Size(length(node), f"{place}:{node.lineno} {node.name}")


def p90(lines: list[int]) -> int:
    return sorted(lines)[math.ceil(0.9 * len(lines)) - 1] if lines else 0


def sources(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def measure(root: Path) -> Shape:
    files: list[Size] = []
    found: list[Size] = []
    for path in sources(root):
        text, place = path.read_text(), str(path.relative_to(root))
        files.append(Size(len(text.splitlines()), place))
        found.extend(functions(text, place))
    lines = [size.lines for size in found]
    shape = Shape(len(lines), median(lines or [0]), p90(lines), sorted(found, reverse=True)[:5])
    judge(shape, files, found)
    return shape


def judge(shape: Shape, files: list[Size], found: list[Size]) -> None:
    if shape.p90 > FUNCTION_P90:
        shape.errors.append(f"p90 of functions is {shape.p90} lines, over {FUNCTION_P90}")
    for size in sorted(found, reverse=True):
        if size.lines > FUNCTION_MAX:
            shape.errors.append(f"{size.place}: {size.lines} lines, over {FUNCTION_MAX}")
    for size in sorted(files, reverse=True):
        if size.lines > FILE_MAX:
            shape.errors.append(f"{size.place}: {size.lines} lines, over {FILE_MAX}")
        elif size.lines > FILE_WARN:
            shape.warnings.append(f"{size.place}: {size.lines} lines, should become a folder")


def report(shape: Shape) -> str:
    longest = shape.longest[0] if shape.longest else Size(0, "-")
    head = (
        f"shape: {shape.functions} functions, median {shape.median:g}, p90 {shape.p90}, "
        f"max {longest.lines} ({longest.place})"
    )
    warnings = [f"warning: {text}" for text in shape.warnings]
    return "\n".join([head, *warnings, *(f"error: {text}" for text in shape.errors)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", nargs="?", type=Path, default=Path(__file__).parent.parent)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    shape = measure(options.root)
    print(json.dumps(asdict(shape)) if options.json else report(shape))
    return 1 if shape.errors else 0


if __name__ == "__main__":
    sys.exit(main())
