"""`hudun roster`: draft, sign (with an off-line root key) and show who may sign what."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from hudun.runtime import clock
from hudun.runtime.keys import KeyFile, from_text, to_text
from hudun.runtime.keys_cli.asking import (
    Refused,
    add_passphrase,
    command,
    octets_of,
    read_octets,
    typed,
    unlock,
)
from hudun.runtime.keys_cli.wording import BEIJING, RIGHTS, moment, right_words
from hudun.wire import cose
from hudun.wire.frames import DESK_PERSON, Right, Roster, RosterKey, kid_octets

KEY_LIFE_S = 366 * 86400
WORDS = {word: right for right, word in RIGHTS.items()}


@command
def roster(argv: list[str]) -> int:
    words = _parser().parse_args(argv)
    {"new": _new, "sign": _sign, "show": _show}[words.verb](words)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hudun roster", description="密钥名册")
    verbs = parser.add_subparsers(dest="verb", required=True)
    new = verbs.add_parser("new", help="由密钥文件拟一份名册草稿（JSON）")
    new.add_argument("draft", type=Path)
    new.add_argument("keys", type=Path, nargs="+", help="各人的密钥文件，顺序即钥号")
    new.add_argument("--issuer", type=int, required=True, help="单位编号（区划代码）")
    new.add_argument("--number", type=int, default=1, help="名册版次")
    new.add_argument("--desk", metavar="公钥", help="值班台公钥")
    sign = verbs.add_parser("sign", help="用离线根密钥签发草稿")
    sign.add_argument("draft", type=Path)
    sign.add_argument("--root-key", type=Path, required=True)
    sign.add_argument("--root", type=int, choices=[0, 1], required=True, help="0 根甲，1 根乙")
    sign.add_argument("--out", type=Path, required=True)
    add_passphrase(sign)
    show = verbs.add_parser("show", help="看草稿或已签名册")
    show.add_argument("file")
    show.add_argument("--root-public", action="append", default=[], metavar="公钥")
    return parser


def _new(words: argparse.Namespace) -> None:
    now = int(clock.now())
    rows = []
    for number, path in enumerate(words.keys, 1):
        held = KeyFile.read(path)
        rows.append(_row(number, number, held.name, held.public, Right(held.rights), now))
    if words.desk:
        rights = Right.STOP | Right.SILENT | Right.TIME
        public = _public(words.desk)
        rows.append(_row(len(rows) + 1, DESK_PERSON, "值班台", public, rights, now))
    whole = {"issuer": words.issuer, "number": words.number, "keys": rows}
    words.draft.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    print(f"草稿 {words.draft}：请核对钥号、人员、用途和有效期，再用根密钥签发")


def _sign(words: argparse.Namespace) -> None:
    drafted, names = read_draft(words.draft.read_text())
    root = KeyFile.read(words.root_key)
    _print(drafted, names)
    wanted = f"签发名册{drafted.number}"
    if typed(f"核对无误，请输入“{wanted}”：", stdin_taken=False).strip() != wanted:
        raise Refused("输入不符，没有签名")
    frame = cose.sign1(drafted.encode(), kid_octets(words.root), unlock(words, root))
    words.out.write_bytes(frame)
    print(f"已签发 {words.out}，{len(frame)} 字节\n{to_text(frame)}")


def _show(words: argparse.Namespace) -> None:
    path = Path(words.file)
    if path.exists() and path.read_bytes().lstrip()[:1] == b"{":
        _print(*read_draft(path.read_text()))
        print("草稿，未签发")
        return
    frame = read_octets(words.file)
    _print(Roster.decode(cose.take_apart(frame).payload), {})
    print(signed_by_root(frame, words.root_public))


def signed_by_root(frame: bytes, publics: Iterable[str]) -> str:
    """Whether a pinned root signed the roster, in words; Refused where none of those given did."""
    envelope = cose.take_apart(frame)
    given = [_public(public) for public in publics]
    if not given:
        return "注意：没有给出根公钥，签名未核对"
    if not any(envelope.signed_by(public) for public in given):
        raise Refused("名册不是给出的根密钥签发的，不可用")
    return f"根密钥{'甲乙'[int.from_bytes(envelope.kid, 'big') % 2]}签发，核对无误"


def read_draft(text: str) -> tuple[Roster, dict[int, str]]:
    """A draft and the names in it, by person."""
    try:
        whole = json.loads(text)
        keys = tuple(_key(row) for row in whole["keys"])
        names = {int(row["person"]): str(row.get("name", "")) for row in whole["keys"]}
        issued = int(whole.get("issued", clock.now()))
        drafted = Roster(int(whole["issuer"]), int(whole["number"]), issued, keys)
        Roster.decode(drafted.encode())  # what a terminal would refuse is refused here
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(f"不是名册草稿：{error}") from error
    return drafted, names


def _key(row: dict[str, Any]) -> RosterKey:
    rights, until = row["rights"], row["until"]
    if isinstance(rights, list):
        rights = sum(WORDS[word].value for word in rights)
    if isinstance(until, str):
        until = datetime.fromisoformat(until).replace(tzinfo=BEIJING).timestamp()
    return RosterKey(
        int(row["kid"]), int(row["person"]), _public(row["public"]), Right(rights), int(until)
    )


def _row(
    kid: int, person: int, name: str, public: bytes, rights: Right, now: int
) -> dict[str, Any]:
    return {
        "kid": kid,
        "person": person,
        "name": name,
        "public": public.hex(),
        "rights": [word for right, word in RIGHTS.items() if right in rights],
        "until": datetime.fromtimestamp(now + KEY_LIFE_S, BEIJING).date().isoformat(),
    }


def _public(text: str) -> bytes:
    """32 octets in hex or base64url."""
    octets = octets_of(text.encode())
    return octets if len(octets) == 32 else from_text(text, 32)


def _print(shown: Roster, names: dict[int, str]) -> None:
    print(f"单位 {shown.issuer}　名册第 {shown.number} 版　{moment(shown.issued)}")
    for key in shown.keys:
        who = "值班台" if key.person == DESK_PERSON else f"第 {key.person} 人"
        name = names.get(key.person, "")
        print(
            f"  钥号 {key.kid:<4} {who} {name}　{right_words(key.rights)}　至 {moment(key.until)}"
        )
        print(f"    {key.public.hex()}")
