"""Runs tiers of tests one after the other and closes with one table.

`python -m tools.tiers quick|test|nightly` or the names of single tiers. A tier whose Debian
packages are missing is skipped with the line that installs them; with CI=true it fails.

Real processes on a busy machine sometimes miss a deadline of a test. What failed is run once more
by itself; the table says so, and only what fails twice fails the tier.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools import parts

PYTHON = sys.executable
BIN = Path(PYTHON).parent
EVERYDAY = "not (broker or browser or papers or slow or nightly)"
BY_FILE = ("-n2", "--dist", "loadfile")
WAITING = ("-n3", "--dist", "loadfile")  # tests of real processes wait more than they work
CLOSING = re.compile(r"\d+ (passed|failed|errors?|skipped|deselected).* in [\d.]+s|no tests ran")
TESTS_FAILED = 1  # pytest's exit code for that
Command = tuple[str, ...]
WITHOUT_DATABASE = tuple(
    f"--ignore=hudun/{name}" for name in ("wire", "engines", "geodata", "runtime", "terminal")
)


def pytest(marks: str, *words: str) -> Command:
    return (PYTHON, "-m", "pytest", "-q", "-m", marks, "--ignore=tests/incidents", *words)


@dataclass(frozen=True)
class Tier:
    name: str
    commands: tuple[Command, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    tier: Tier
    state: str
    seconds: float
    said: str


TIERS = (
    Tier(
        "rules",
        (
            ("ruff", "check", "."),
            ("ruff", "format", "--check", "."),
            ("lint-imports", "--no-logo"),
            (PYTHON, "-m", "tools.shape"),
            ("mypy",),
            ("hudun", "manage", "makemigrations", "--check", "--dry-run"),
        ),
    ),
    Tier("sqlite", (pytest(EVERYDAY, "-n2"),)),
    Tier(
        "pg",
        ((PYTHON, "-m", "tools.pg_cluster", *pytest(EVERYDAY, "-n2", *WITHOUT_DATABASE)),),
        ("postgresql",),
    ),
    Tier(
        "broker",
        (pytest("broker and not nightly", *WAITING),),
        ("mosquitto", "postgresql"),
    ),
    Tier("browser", (pytest("browser and not nightly", *BY_FILE),), ("chromium", "fonts-noto-cjk")),
    Tier("papers", (pytest("papers and not nightly"),), ("fonts-noto-cjk", "poppler-utils")),
    Tier(
        "slow",
        (pytest("slow and not (broker or browser or papers or nightly)", "-n2"),),
        ("sox",),
    ),
    Tier(
        "incidents",
        ((PYTHON, "-m", "pytest", "-q", "-m", "not nightly", *BY_FILE, "tests/incidents"),),
        ("mosquitto",),
    ),
    Tier("nightly", (pytest("nightly"),), ("mosquitto", "postgresql", "chromium", "sox")),
    Tier("simulate", (("hudun", "simulate", "--seeds", "0:1000"),)),
)
SETS = {
    "quick": ("rules", "sqlite"),
    "test": ("rules", "sqlite", "pg", "broker", "browser", "papers", "slow", "incidents"),
    "nightly": ("nightly", "simulate"),
}


def run(tier: Tier) -> Outcome:
    missing = parts.missing(tier.needs)
    if missing:
        state = "failed" if os.environ.get("CI") == "true" else "skipped"
        return Outcome(tier, state, 0, parts.install_line(missing))
    print(f"\n━━ {tier.name}", flush=True)
    start = time.monotonic()
    # Tests never touch the data of an office or a demo that lives in this clone.
    with tempfile.TemporaryDirectory(prefix="hudun-var-") as var:
        env = os.environ | {"HUDUN_VAR": var, "PATH": f"{BIN}:{os.environ['PATH']}"}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # each of hundreds of processes would compile all
        done = [attempt(command, env, var) for command in tier.commands]
    failed = [command for command, (code, _) in zip(tier.commands, done, strict=True) if code]
    said = "".join(closing for _, closing in done) or ", ".join(map(short, failed))
    return Outcome(tier, "failed" if failed else "passed", time.monotonic() - start, said)


def attempt(command: Command, env: dict[str, str], var: str) -> tuple[int, str]:
    if "pytest" not in command:
        return stream(command, env)
    remembering = (*command, "-p", "cacheprovider", "-o", f"cache_dir={var}/pytest")
    code, said = stream(remembering, env)
    if code != TESTS_FAILED:
        return code, said
    print("\n━━ once more, what failed", flush=True)
    again, said_again = stream((*remembering, "--last-failed"), env)
    return again, f"{said}; once more: {said_again}"


def stream(command: Command, env: dict[str, str]) -> tuple[int, str]:
    """Shows the output as it comes; returns the exit code and pytest's closing line."""
    closing = ""
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        if CLOSING.search(line):
            closing = line.strip("= \n")
    return process.wait(), closing


def short(command: Command) -> str:
    return " ".join(word for word in command if word != PYTHON)


def summary(outcomes: Iterable[Outcome]) -> str:
    rows = (f"{o.tier.name:<10}{o.state:<9}{o.seconds:>5.0f} s  {o.said}" for o in outcomes)
    return "\n".join(["", "━━ summary", *rows])


def chosen(names: Iterable[str]) -> list[Tier]:
    wanted = [tier for name in names for tier in SETS.get(name, (name,))]
    return [tier for tier in TIERS if tier.name in wanted]


def main() -> int:
    known = [*SETS, *(tier.name for tier in TIERS)]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", choices=dict.fromkeys(known), metavar="NAME")
    tiers = chosen(parser.parse_args().names)
    parts.install(parts.missing(dict.fromkeys(part for tier in tiers for part in tier.needs)))
    outcomes = [run(tier) for tier in tiers]
    print(summary(outcomes))
    return 1 if any(outcome.state == "failed" for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
