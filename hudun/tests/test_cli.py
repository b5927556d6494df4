import subprocess
import sys
import types

import pytest

from hudun import cli


def provide(monkeypatch: pytest.MonkeyPatch, **functions: object) -> None:
    module = types.ModuleType("hudun_test_target")
    vars(module).update(functions)
    monkeypatch.setitem(sys.modules, "hudun_test_target", module)


def test_a_command_gets_the_words_after_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[list[str]] = []

    def work(argv: list[str]) -> int:
        heard.append(argv)
        return 7

    provide(monkeypatch, work=work)
    monkeypatch.setitem(cli.COMMANDS, "try", cli.Command("hudun_test_target:work", "试"))
    assert cli.main(["try", "--seed", "1"]) == 7
    assert heard == [["--seed", "1"]]


@pytest.mark.parametrize("argv", [["dance"], []])
def test_an_unknown_word_lists_every_command(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(argv) == 2
    said = capsys.readouterr().err
    for name, command in cli.COMMANDS.items():
        assert any(line.split() and line.split()[0] == name for line in said.splitlines())
        assert command.says in said
    assert ("没有这个命令：dance" in said) == bool(argv)


def test_help_is_not_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    assert "hudun 命令" in capsys.readouterr().out


@pytest.mark.parametrize(("office", "extra"), [(True, "hudun[office]"), (False, "'hudun'")])
def test_a_missing_dependency_names_what_to_install(
    office: bool, extra: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = cli.Command("package_never_installed.cli:main", "试", office=office)
    monkeypatch.setitem(cli.COMMANDS, "try", command)
    assert cli.main(["try"]) == 2
    said = capsys.readouterr().err
    assert "package_never_installed" in said
    assert extra in said


def test_a_part_not_in_the_tree_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli.COMMANDS, "try", cli.Command("hudun.nowhere.cli:main", "试"))
    assert cli.main(["try"]) == 2
    assert "尚未提供" in capsys.readouterr().err


def test_commands_of_the_terminal_never_load_django() -> None:
    base = [name for name, command in cli.COMMANDS.items() if not command.office]
    assert "terminal" in base
    script = f"""
import sys
from hudun import cli
for name in {base!r}:
    try:
        cli.load(cli.COMMANDS[name])
    except ModuleNotFoundError as missing:
        assert missing.name.startswith("hudun"), missing
sys.exit("django" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
