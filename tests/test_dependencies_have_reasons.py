"""Every dependency says in docs/decisions what it saves us, and under which licence."""

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent


def wanted() -> Iterator[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    for requirement in chain(project["dependencies"], *extras):
        yield re.split(r"[\[<>=~! ]", requirement)[0]
    package = json.loads((ROOT / "package.json").read_text())
    yield from {**package["dependencies"], **package["devDependencies"]}


def test_every_dependency_has_its_line() -> None:
    text = (ROOT / "docs" / "decisions" / "dependencies.md").read_text()
    given = re.findall(r"^\| (\S+) \| .+ \| .+ \|$", text, re.MULTILINE)
    assert set(given) - {"dependency"} == set(wanted())
