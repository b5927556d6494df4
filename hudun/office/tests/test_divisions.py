"""The tree of a real province, read from official codes."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import verify
from hudun.core.organ import Organ, OrganKind
from hudun.core.testing import Cast
from hudun.office.actions import import_divisions
from hudun.office.division_file import read_divisions

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[1] / "data" / "divisions_430103_411102.csv"


@pytest.fixture
def tree() -> None:
    import_divisions(Actor.system(), None, read_divisions(FILE))


def again(path: Path = FILE) -> tuple[int, int, int, int]:
    done = import_divisions(Actor.system(), None, read_divisions(path))
    return done.new, done.renamed, done.moved, done.unchanged


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = FILE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "divisions.csv"
    path.write_text(text, "utf-8")
    return path


def test_tianxin_has_its_14_streets_and_99_communities(tree: None) -> None:
    tianxin = Organ.objects.get(code="430103")
    below = Organ.objects.under(tianxin)
    assert below.kind(OrganKind.SUBDISTRICT).count() == 14
    assert below.kind(OrganKind.COMMUNITY).count() == 99
    community = below.get(code="430103004005")
    assert community.full_name() == "湖南省长沙市天心区城南路街道白沙井社区居委会"
    assert community.province == "43"
    assert community.seat() == tianxin


def test_a_second_import_changes_nothing(tree: None) -> None:
    lines = JournalLine.objects.count()
    assert again() == (0, 0, 0, 256)
    assert JournalLine.objects.count() == lines + 1


def test_a_changed_name_is_an_update_with_history(tree: None, tmp_path: Path) -> None:
    path = edited(tmp_path, ("坡子街街道,", "坡子街,"))
    assert again(path) == (0, 1, 0, 255)
    organ = Organ.objects.get(code="430103002")
    line = JournalLine.objects.of(organ).get()
    assert line.content["changes"] == {"name": ["坡子街街道", "坡子街"]}
    assert line.chain == "430103"
    assert verify() == []


def test_a_changed_parent_takes_everything_below_along(tree: None, tmp_path: Path) -> None:
    path = edited(tmp_path, ("坡子街街道,subdistrict,430103", "坡子街街道,subdistrict,411102"))
    assert again(path) == (0, 0, 1, 255)
    street = Organ.objects.get(code="430103002")
    yuanhui = Organ.objects.get(code="411102")
    assert yuanhui.contains(street)
    assert {organ.depth for organ in street.children.all()} == {4}
    assert all(yuanhui.contains(organ) for organ in street.children.all())


def test_what_is_missing_in_the_file_is_counted_and_kept(tree: None, tmp_path: Path) -> None:
    line = next(each for each in FILE.read_text("utf-8").splitlines() if "430103004005" in each)
    done = import_divisions(
        Actor.system(), None, read_divisions(edited(tmp_path, (line + "\n", "")))
    )
    assert done.absent == 1
    assert Organ.objects.filter(code="430103004005").exists()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("430103002,坡子街街道", "43010300,坡子街街道", "9 位数字"),
        ("430103002,坡子街街道", "430103004,坡子街街道", "重复"),
        ("坡子街街道,subdistrict", "坡子街街道,street", "不认识"),
        ("坡子街街道,subdistrict", ",subdistrict", "没有名称"),
        ("坡子街街道,subdistrict,430103", "坡子街街道,subdistrict,430199", "不在文件中"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    with pytest.raises(Problem, match=r"422\.20") as caught:
        read_divisions(edited(tmp_path, (old, new)))
    assert reason in caught.value.what and "行" in caught.value.what


def test_no_person_may_replace_the_tree(cast: Cast) -> None:
    with pytest.raises(Problem, match=r"403\.1"):
        import_divisions(cast.actor("xiguan"), None, read_divisions(FILE))


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_divisions", str(FILE))
    assert "新增 256" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_divisions", "missing.csv")
