"""Rules as data: by topic, province, from, to, clause. Looked up through `hudun.core.rule`."""

from pathlib import Path


def folder() -> Path:
    return Path(__file__).parent
