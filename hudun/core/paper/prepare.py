"""A tree made fit to print: cleaned, counted and checked, the same for both writers."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any
from urllib.parse import urljoin, urlsplit

from .errors import BrokenPaper, TooSecret
from .numbering import counted
from .tree import Block, Figure, Heading, Paper, Run, Table, Timeline

DROPPED = {"Cc", "Cf", "Cs"}
VARIATION = range(0xFE00, 0xFE10)
SECRECY = ("", "内部", "工作秘密")
SCHEMES = ("http", "https", "mailto")


def prepare(paper: Paper, base_url: str = "") -> Paper:
    """`base_url` is where this office's own pages live: refs without a host are joined to it."""
    if paper.secrecy not in SECRECY:
        raise TooSecret(paper.secrecy)
    tidy: Paper = _mapped(paper, base_url)
    attachments = tuple(replace(a, body=tuple(counted(a.body))) for a in tidy.attachments)
    ready = replace(tidy, body=tuple(counted(tidy.body)), attachments=attachments)
    _check(ready)
    return ready


def blocks_of(paper: Paper) -> Iterator[Block]:
    yield from paper.body
    for attachment in paper.attachments:
        yield from attachment.body


def texts_of(value: Any) -> list[str]:
    """All that will be printed of nested data, for the fonts to have."""
    match value:
        case str():
            return [value]
        case dict():
            return [text for part in value.values() for text in texts_of(part)]
        case list():
            return [text for part in value for text in texts_of(part)]
        case _:
            return []


def clean(text: str) -> str:
    """Without what no paper can show: controls, direction overrides, lone surrogates."""
    spaced = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(c for c in spaced if c == "\n" or not _unprintable(c))


def _unprintable(character: str) -> bool:
    return unicodedata.category(character) in DROPPED or ord(character) in VARIATION


def _mapped(value: Any, base_url: str) -> Any:
    match value:
        case Enum() | bytes():
            return value
        case str():
            return clean(value)
        case Run():
            return replace(value, text=clean(value.text), ref=resolve(value.ref, base_url))
        case Sequence():
            return tuple(_mapped(part, base_url) for part in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = {f.name: _mapped(getattr(value, f.name), base_url) for f in fields(value)}
            return replace(value, **parts)
        case _:
            return value


def resolve(ref: str, base_url: str) -> str:
    """The address a run opens; what is no web or mail address is refused."""
    if not ref or ref.startswith("#"):
        return ref
    address = urljoin(base_url, ref)
    if urlsplit(address).scheme not in SCHEMES:
        raise BrokenPaper(f"链接“{ref}”不是网页地址")
    return address


def _check(paper: Paper) -> None:
    _check_tables(paper)
    names = [b.name for b in blocks_of(paper) if isinstance(b, Named) and b.name]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise BrokenPaper(f"名称重复：{'、'.join(sorted(twice))}")
    lost = {run.ref for run in all_runs(paper) if run.ref.startswith("#")} - {
        f"#{name}" for name in names
    }
    if lost:
        raise BrokenPaper(f"文中所指的位置不存在：{'、'.join(sorted(lost))}")


def _check_tables(paper: Paper) -> None:
    for block in blocks_of(paper):
        if isinstance(block, Table):
            for n, row in enumerate(block.rows, 1):
                if len(row) != len(block.columns):
                    raise BrokenPaper(f"表“{block.caption}”第{n}行与表头的列数不同")


def all_runs(value: Any) -> Iterator[Run]:
    if isinstance(value, Run):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from all_runs(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from all_runs(getattr(value, f.name))


Named = Heading | Table | Figure | Timeline
