"""The core would serve any office: the words of civil air defence begin one floor higher."""

import re
from pathlib import Path

CORE = Path(__file__).parent.parent / "hudun" / "core"
TRADE = re.compile(r"siren|sounding|shelter|alarm|air.defen[cs]e|警报|人防|防空|鸣", re.IGNORECASE)


def words_of_the_trade(folder: Path) -> list[str]:
    return [
        f"{path.relative_to(folder)}:{number}: {line.strip()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
        for number, line in enumerate(path.read_text(errors="ignore").splitlines(), 1)
        if TRADE.search(line)
    ]


def test_core_knows_no_trade() -> None:
    assert words_of_the_trade(CORE) == []


def test_the_search_sees_a_word(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text("<h1>台账</h1>\n<p>防空警报</p>\n")
    assert words_of_the_trade(tmp_path) == ["list.html:2: <p>防空警报</p>"]
