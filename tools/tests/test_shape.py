import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools import shape


def function(name: str, lines: int, docstring: int = 0) -> str:
    doc = ['    """', *["    why"] * (docstring - 2), '    """'] if docstring else []
    return "\n".join([f"def {name}():", *doc, *["    pass"] * (lines - 1)]) + "\n"


def tree(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        folder, _, stem = name.partition("__")
        (tmp_path / folder).mkdir(exist_ok=True, parents=True)
        (tmp_path / folder / f"{stem}.py").write_text(text)
    return tmp_path


def test_a_function_is_counted_without_its_docstring() -> None:
    [size] = shape.functions(function("tell", 12, docstring=8), "a.py")
    assert size == shape.Size(12, "a.py:1 tell")


def test_methods_and_async_functions_count() -> None:
    source = "class A:\n    async def b(self):\n        pass\n"
    assert [size.lines for size in shape.functions(source, "a.py")] == [2]


def test_the_figures_of_a_small_tree(tmp_path: Path) -> None:
    many = "".join(function(f"f{lines}", lines) for lines in range(2, 12))
    found = shape.measure(tree(tmp_path, hudun__a=many))
    assert (found.functions, found.median, found.p90) == (10, 6.5, 10)
    assert found.longest[0].lines == 11
    assert found.errors == found.warnings == []


def test_one_long_function_is_an_error(tmp_path: Path) -> None:
    short = "".join(function(f"f{n}", 3) for n in range(20))
    at_bound = tree(tmp_path / "good", hudun__a=short + function("g", 60))
    over = tree(tmp_path / "bad", tests__a=short + function("g", 61))
    assert shape.measure(at_bound).errors == []
    [error] = shape.measure(over).errors
    assert error.startswith("tests/a.py") and "61 lines" in error


def test_too_many_middling_functions_are_an_error(tmp_path: Path) -> None:
    found = shape.measure(tree(tmp_path, hudun__a=function("f", 31)))
    assert found.errors == ["p90 of functions is 31 lines, over 30"]


@pytest.mark.parametrize(
    ("lines", "warnings", "errors"), [(300, 0, 0), (301, 1, 0), (500, 1, 0), (501, 0, 1)]
)
def test_long_files(tmp_path: Path, lines: int, warnings: int, errors: int) -> None:
    found = shape.measure(tree(tmp_path, benchmarks__a="x = 1\n" * lines))
    assert (len(found.warnings), len(found.errors)) == (warnings, errors)


def test_migrations_are_not_measured(tmp_path: Path) -> None:
    (tmp_path / "hudun").mkdir()
    root = tree(tmp_path, **{"hudun/migrations__a": function("f", 99)})
    assert shape.measure(root).functions == 0


def test_the_command_says_it_in_json_and_in_its_exit_code(tmp_path: Path) -> None:
    root = tree(tmp_path, hudun__a=function("f", 61))
    command = [sys.executable, shape.__file__, str(root), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["errors"]) == 2
