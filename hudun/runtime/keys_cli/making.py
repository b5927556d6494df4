"""`hudun key`: make, show and re-wrap a person's signing key, or a machine's."""

from __future__ import annotations

import argparse
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.runtime.keys import KeyFile, new_machine_key, to_text
from hudun.runtime.keys_cli.asking import (
    Refused,
    add_passphrase,
    command,
    new_passphrase,
    passphrase,
)
from hudun.runtime.keys_cli.wording import right_words
from hudun.wire.frames import Right

RIGHTS = {"live": Right.LIVE | Right.SILENT, "trial": Right.TRIAL | Right.SILENT, "root": Right(0)}


@command
def key(argv: list[str]) -> int:
    words = _parser().parse_args(argv)
    work = {"new": _new, "show": _show, "passwd": _passwd, "machine": _machine}[words.verb]
    work(words)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hudun key", description="签名密钥，只留在本人电脑上")
    verbs = parser.add_subparsers(dest="verb", required=True)
    new = verbs.add_parser("new", help="新建密钥")
    new.add_argument("file", type=Path)
    new.add_argument("--name", required=True, help="姓名")
    new.add_argument("--for", dest="purpose", choices=list(RIGHTS), required=True,
                     help="live 实警，trial 试鸣（都可加静默），root 离线根密钥")  # fmt: skip
    show = verbs.add_parser("show", help="看密钥文件（不需口令）")
    show.add_argument("file", type=Path)
    change = verbs.add_parser("passwd", help="换口令")
    change.add_argument("file", type=Path)
    change.add_argument("--new-passphrase-file", type=Path, metavar="文件")
    machine = verbs.add_parser("machine", help="新建终端的密钥（没有口令，只有本机可读）")
    machine.add_argument("file", type=Path)
    for one in (new, change):
        add_passphrase(one)
    return parser


def _new(words: argparse.Namespace) -> None:
    if words.file.exists():
        raise Refused(f"{words.file} 已存在，不覆盖")
    secret = new_passphrase(words)
    made = KeyFile.wrap(
        Ed25519PrivateKey.generate(), secret, words.name, RIGHTS[words.purpose].value
    )
    made.write(words.file)
    _tell(made)
    print("公钥交单位列入名册；密钥文件和口令只归本人，任何人不得代管。")


def _show(words: argparse.Namespace) -> None:
    _tell(KeyFile.read(words.file))


def _passwd(words: argparse.Namespace) -> None:
    held = KeyFile.read(words.file)
    old = passphrase(words, "原口令：")
    held.unlock(old)
    chosen = argparse.Namespace(passphrase_file=words.new_passphrase_file)
    held.rewrap(old, new_passphrase(chosen)).write(words.file)
    print("口令已换")


def _machine(words: argparse.Namespace) -> None:
    made = new_machine_key(words.file)
    print(f"公钥　{to_text(made.public_key().public_bytes_raw())}")


def _tell(held: KeyFile) -> None:
    print(f"姓名　{held.name}")
    print(f"用途　{right_words(Right(held.rights)) or '离线根密钥'}（以名册为准）")
    print(f"公钥　{to_text(held.public)}")
    print(f"公钥（十六进制）　{held.public.hex()}")
