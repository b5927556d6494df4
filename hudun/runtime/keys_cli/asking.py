"""What the three commands share: passphrases, octets in any writing, errors as one line."""

from __future__ import annotations

import argparse
import functools
import getpass
import sys
from base64 import urlsafe_b64decode
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.runtime.keys import BadKeyFile, KeyFile
from hudun.wire.cose import BadFrame

SHORTEST_PASSPHRASE = 8
FRAME_BEGINS = b"\xd2"  # CBOR tag 18, as every frame
STDIN = "-"


class Refused(Exception):
    """Why the command does nothing, in the words of the person before it."""


def command(work: Callable[[list[str]], int]) -> Callable[[list[str]], int]:
    """Turns what went wrong into one line and exit code 2."""

    @functools.wraps(work)
    def run(argv: list[str]) -> int:
        try:
            return work(argv)
        except BadFrame as error:
            print(f"不是本协议的报文：{error}", file=sys.stderr)
        except (Refused, BadKeyFile, OSError, ValueError) as error:
            print(error, file=sys.stderr)
        except (EOFError, KeyboardInterrupt):
            print("\n已取消，没有签名", file=sys.stderr)
        return 2

    return run


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", type=Path, metavar="文件", help="缺省当面输入")


def passphrase(words: argparse.Namespace, prompt: str = "签名口令：") -> str:
    if words.passphrase_file:
        return str(words.passphrase_file.read_text()).rstrip("\r\n")
    return getpass.getpass(prompt)


def new_passphrase(words: argparse.Namespace) -> str:
    chosen = passphrase(words, "新口令：")
    if len(chosen) < SHORTEST_PASSPHRASE:
        raise Refused(f"口令至少 {SHORTEST_PASSPHRASE} 个字")
    if not words.passphrase_file and getpass.getpass("再输一遍：") != chosen:
        raise Refused("两次输入不一样")
    return chosen


def unlock(words: argparse.Namespace, held: KeyFile) -> Ed25519PrivateKey:
    return held.unlock(passphrase(words, f"{held.name} 的签名口令："))


def typed(prompt: str, *, stdin_taken: bool) -> str:
    """A line from the person: from the terminal where standard input is a file."""
    if not stdin_taken:
        return input(prompt)
    with Path("/dev/tty").open("r+") as terminal:
        terminal.write(prompt)
        terminal.flush()
        return terminal.readline().rstrip("\n")


def read_octets(path: str) -> bytes:
    """A frame from a file or (``-``) standard input, written raw, in hex or in base64."""
    data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    return octets_of(data)


def octets_of(data: bytes) -> bytes:
    if data[:1] == FRAME_BEGINS:
        return data
    text = b"".join(data.split())
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError:
        pass
    try:
        plain = text.translate(bytes.maketrans(b"+/", b"-_")).rstrip(b"=")
        return urlsafe_b64decode(plain + b"=" * (-len(plain) % 4))
    except ValueError as error:
        raise Refused("读不出报文：应为原始字节、十六进制或 base64") from error
