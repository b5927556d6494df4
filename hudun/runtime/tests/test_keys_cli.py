"""王值班 signs in the browser, 李科长 releases at the command line; the root key lies in a safe."""

from __future__ import annotations

import base64
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hudun.runtime import clock, keys, keys_cli
from hudun.runtime.keys import KeyFile, from_text
from hudun.runtime.keys_cli.wording import confirmation
from hudun.wire import cose
from hudun.wire.frames import (
    Mode,
    Order,
    Release,
    Right,
    Roster,
    SirenList,
    Target,
    kid_octets,
)

NOON = 1_793_505_600  # 2026-11-01 12:00 Beijing, a Sunday
OFFICE = 430103
WANG, LI, ZHAO = 1, 2, 3  # live, live, trial
ORDER = Order(OFFICE, 1, 8, NOON, 600, Mode.LIVE, None, ((2, 0),), Target())


@dataclass
class Room:
    """A folder with everybody's key files and a signed roster."""

    folder: Path
    typed: list[str]

    def key(self, kid: int) -> KeyFile:
        return KeyFile.read(self.folder / f"{kid}.key")

    def sign(self, payload: bytes, kid: int = WANG) -> bytes:
        return cose.sign1(payload, kid_octets(kid), self.key(kid).unlock("pass phrase"))

    def put(self, name: str, data: bytes) -> str:
        path = self.folder / name
        path.write_bytes(data)
        return str(path)

    def words(self, kid: int = LI) -> list[str]:
        folder = self.folder
        return [
            "--roster", str(folder / "roster"), "--key", str(folder / f"{kid}.key"),
            "--passphrase-file", str(folder / "phrase"), "--names", str(folder / "draft"),
            "--root-public", self.key(9).public.hex(), "--out", str(folder / "out"),
        ]  # fmt: skip

    def release(self, order: Order, *extra: str, by: int = LI, signer: int = WANG) -> int:
        path = self.put("order", self.sign(order.encode(), signer))
        return keys_cli.release([path, *self.words(by), *extra])

    @property
    def out(self) -> Release | None:
        path = self.folder / "out"
        if not path.exists():
            return None
        return Release.decode(cose.take_apart(path.read_bytes()).payload)


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """600,000 rounds are for thieves, not for tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "ITERATIONS", 1000)
        yield


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room")
    (folder / "phrase").write_text("pass phrase\n")
    people = [(WANG, "王值班", "live"), (LI, "李科长", "live"), (ZHAO, "赵巡查", "trial")]
    for kid, name, purpose in [*people, (9, "根甲", "root")]:
        words = ["new", str(folder / f"{kid}.key"), "--name", name, "--for", purpose]
        assert keys_cli.key([*words, "--passphrase-file", str(folder / "phrase")]) == 0
    return folder


@pytest.fixture
def room(furnished: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    room = Room(furnished, [])
    (furnished / "out").unlink(missing_ok=True)
    monkeypatch.setattr(clock, "now", lambda: NOON + 20.0)
    monkeypatch.setattr("builtins.input", lambda prompt: room.typed.pop(0))
    if not (furnished / "roster").exists():
        files = [str(furnished / f"{kid}.key") for kid in (WANG, LI, ZHAO)]
        draft = ["new", str(furnished / "draft"), *files, "--issuer", str(OFFICE)]
        assert keys_cli.roster([*draft, "--desk", room.key(9).public.hex()]) == 0
        room.typed = ["签发名册1"]
        words = ["--root-key", str(furnished / "9.key"), "--root", "0"]
        words += [
            "--passphrase-file",
            str(furnished / "phrase"),
            "--out",
            str(furnished / "roster"),
        ]
        assert keys_cli.roster(["sign", str(furnished / "draft"), *words]) == 0
    return room


def test_the_roster_is_what_the_draft_said(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    envelope = cose.take_apart((room.folder / "roster").read_bytes())
    assert envelope.signed_by(room.key(9).public) and envelope.kid == b"\0\0"
    roster = Roster.decode(envelope.payload)
    assert [(key.kid, key.person) for key in roster.keys] == [(1, 1), (2, 2), (3, 3), (4, 0)]
    assert roster.keys[0].rights == Right.LIVE | Right.SILENT
    assert roster.keys[3].rights == Right.STOP | Right.SILENT | Right.TIME
    assert keys_cli.roster(["show", str(room.folder / "draft")]) == 0
    assert "李科长" in capsys.readouterr().out


def test_an_order_is_read_out_and_released(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    room.typed = ["发布实警空袭警报"]
    assert room.release(ORDER, "--start", "15") == 0
    said = capsys.readouterr().out
    for words in ("实警", "空袭警报", "本单位全部警报器", "王值班（钥号 1）", "李科长（钥号 2）"):
        assert words in said
    assert "2026年11月1日（周日）12:00:00，第 8 号" in said
    frame = (room.folder / "out").read_bytes()
    assert cose.take_apart(frame).signed_by(room.key(LI).public) and len(frame) <= 140
    digest = cose.digest((room.folder / "order").read_bytes())
    assert room.out == Release(OFFICE, 1, 8, digest, NOON + 20, 15)


def test_a_planned_trial_names_its_day_and_seconds(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    start = 3 * 86400 - 2 * 3600 - 1800
    programme = ((1, 0), (2, 360), (3, 720))
    order = replace(
        ORDER, mode=Mode.TRIAL, start=start, life=start + 3600, programme=programme,
        target=Target(sirens=(7, 12)),
    )  # fmt: skip
    assert confirmation(order) == "试鸣11月4日"
    assert room.release(order, signer=ZHAO, by=ZHAO) == 2
    told = capsys.readouterr()
    assert "另一人" in told.err and room.out is None


def test_the_list_is_bound_and_shown(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    order = replace(ORDER, target=Target(list_number=5))
    listed = room.sign(SirenList(OFFICE, 5, (7, 8, 31)).encode())
    room.typed = ["发布实警 空袭警报"]
    assert room.release(order, "--list", room.put("list", listed)) == 0
    assert "第 5 号清单，共 3 台：7、8、31" in capsys.readouterr().out
    order_frame = (room.folder / "order").read_bytes()
    assert room.out is not None and room.out.digest == cose.digest(order_frame, listed)


@pytest.mark.parametrize(
    ("changes", "signer", "by", "why"),
    [
        ({}, WANG, WANG, "另一人"),
        ({}, WANG, ZHAO, "只能签 试鸣"),
        ({"mode": Mode.TRIAL}, WANG, ZHAO, "没有这种命令的权限"),
        ({"issued": NOON - 101}, WANG, LI, "120 秒"),
        ({"issued": NOON - 601}, WANG, LI, "失效"),
        ({"issuer": 430100}, WANG, LI, "单位 430100"),
        ({"target": Target(list_number=5)}, WANG, LI, "--list"),
        ({"start": 10, "life": 20000}, WANG, LI, "太晚"),
    ],
)
def test_what_must_not_be_released_is_not(
    room: Room,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, object],
    signer: int,
    by: int,
    why: str,
) -> None:
    order = replace(ORDER, **changes)  # type: ignore[arg-type]
    room.typed = [confirmation(order)]
    assert room.release(order, signer=signer, by=by) == 2
    assert why in capsys.readouterr().err
    assert room.out is None


def test_a_word_typed_for_another_mode_signs_nothing(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    room.typed = ["静默测试"]
    assert room.release(ORDER) == 2
    assert "输入不符" in capsys.readouterr().err and room.out is None


def test_octets_changed_on_the_way_are_refused(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = bytearray(room.sign(ORDER.encode()))
    frame[20] ^= 1
    room.typed = ["发布实警空袭警报"]
    assert keys_cli.release([room.put("order", bytes(frame)), *room.words()]) == 2
    assert room.out is None


def test_a_roster_by_another_root_is_refused(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [room.put("order", room.sign(ORDER.encode())), *room.words()]
    words[words.index(room.key(9).public.hex())] = room.key(LI).public.hex()
    assert keys_cli.release(words) == 2
    assert "根密钥" in capsys.readouterr().err and room.out is None


@pytest.mark.parametrize("form", ["hex", "base64", "base64url"])
def test_octets_may_be_written_in_any_way(
    room: Room, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    frame = room.sign(ORDER.encode())
    text = {
        "hex": frame.hex(" ").encode(),
        "base64": base64.encodebytes(frame),
        "base64url": base64.urlsafe_b64encode(frame).rstrip(b"="),
    }[form]
    room.typed = ["发布实警空袭警报"]
    assert keys_cli.release([room.put("order", text), *room.words()]) == 0
    assert room.out is not None


def test_the_release_may_be_printed(
    room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = room.words()
    words = words[: words.index("--out")]
    room.typed = ["发布实警空袭警报"]
    assert keys_cli.release([room.put("order", room.sign(ORDER.encode())), *words]) == 0
    frame = from_text(capsys.readouterr().out.splitlines()[-1])
    assert cose.take_apart(frame).signed_by(room.key(LI).public)


def test_an_order_from_standard_input_asks_the_terminal(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = room.sign(ORDER.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(frame)))
    asked: list[str] = []

    def at_the_terminal(prompt: str, *, stdin_taken: bool) -> str:
        asked.append(prompt)
        assert stdin_taken
        return "发布实警空袭警报"

    monkeypatch.setattr("hudun.runtime.keys_cli.releasing.typed", at_the_terminal)
    assert keys_cli.release(["-", *room.words()]) == 0
    assert asked == ["放行请输入“发布实警空袭警报”："]


def test_a_new_passphrase(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text((room.folder / "1.key").read_text())
    (tmp_path / "new").write_text("another phrase")
    words = ["passwd", str(path), "--passphrase-file", str(room.folder / "phrase")]
    assert keys_cli.key([*words, "--new-passphrase-file", str(tmp_path / "new")]) == 0
    assert (
        KeyFile.read(path).unlock("another phrase").private_bytes_raw()
        == room.key(WANG).unlock("pass phrase").private_bytes_raw()
    )


def test_a_key_file_is_never_replaced(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(room.folder / "1.key")
    words = ["new", path, "--name", "外人", "--for", "live"]
    assert keys_cli.key([*words, "--passphrase-file", str(room.folder / "phrase")]) == 2
    assert "不覆盖" in capsys.readouterr().err
    assert keys_cli.key(["show", path]) == 0
    assert "王值班" in capsys.readouterr().out


def test_a_draft_with_both_rights_is_refused(
    room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = json.loads((room.folder / "draft").read_text())
    draft["keys"][0]["rights"] = ["实警", "试鸣"]
    path = tmp_path / "draft"
    path.write_text(json.dumps(draft))
    assert keys_cli.roster(["show", str(path)]) == 2
    assert "草稿" in capsys.readouterr().err
