"""Where the programs are that these tests drive."""

import os
import shutil

import pytest


def node() -> str:
    return _found("node", "Node.js")


def chromium() -> str:
    return _found("chromium", "Chromium")


def _found(program: str, name: str) -> str:
    path = shutil.which(program)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{name} is missing")
    return path or pytest.skip(f"{name} is missing")
