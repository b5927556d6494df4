"""A computer beside a siren: our package as a wheel, its three dependencies, nothing else."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "NOTICE")
NO_DJANGO = """
import sys
import hudun.terminal
assert "django" not in sys.modules
try:
    import django
except ModuleNotFoundError:
    sys.exit(0)
sys.exit("django is installed here")
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: setuptools leaves a build folder beside what it builds."""
    copy = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
    ignored = shutil.ignore_patterns("__pycache__", "dist")
    shutil.copytree(ROOT / "hudun", copy / "hudun", ignore=ignored)
    build = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", ".", "-w", "out")
    run(sys.executable, *build, cwd=copy)
    [made] = (copy / "out").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("terminal")
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = (python, "-m", "pip", "install", "--quiet", "--no-deps")
    run(*install, "--require-hashes", "-r", ROOT / "requirements.txt", cwd=home)
    run(*install, wheel, cwd=home)
    return python


def test_the_terminal_explains_itself(python: Path) -> None:
    said = run(python, "-m", "hudun.cli", "terminal", "--help", cwd=python.parent).stdout
    assert "--fleet" in said


def test_the_terminal_needs_no_django(python: Path) -> None:
    run(python, "-c", NO_DJANGO, cwd=python.parent)


def test_an_office_command_names_the_missing_extra(python: Path) -> None:
    command = (python, "-m", "hudun.cli", "manage", "check")
    done = subprocess.run(command, cwd=python.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "hudun[office]" in done.stderr
