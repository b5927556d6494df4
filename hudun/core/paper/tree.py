"""What a paper says. Plain values: the writers turn one tree into .docx and .pdf."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. `ref` opens what stands behind it: a URL, or `#name` in this paper."""

    text: str
    ref: str = ""
    strong: bool = False


Content = str | Run | Sequence[str | Run]


def number(value: object, ref: str, unit: str = "") -> Run:
    """A figure in the text that can be opened down to the list it was counted from."""
    return Run(f"{value}{unit}", ref)


def runs(content: Content) -> tuple[Run, ...]:
    parts = (content,) if isinstance(content, str | Run) else content
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def plain(content: Content) -> str:
    return "".join(run.text for run in runs(content))


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Mark(StrEnum):
    """How the items of a list are counted."""

    SAID = "一是"
    ARABIC = "1．"
    BRACKET = "（1）"
    CIRCLE = "①"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Levels 一、 （一） 1． （1）; the tree counts them itself."""

    level: Literal[1, 2, 3, 4]
    text: str
    name: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """导语: what the paper says first."""

    content: Content


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Content
    indent: bool = True


@dataclass(frozen=True, slots=True)
class ListOf:
    """Items marked 一是 run on in one paragraph; others take a paragraph each."""

    items: tuple[Content, ...]
    mark: Mark = Mark.SAID


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share of the table, weighed against the other columns."""

    title: str
    width: float = 1.0
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
    caption: str = ""
    name: str = ""
    note: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`alt` says in words what the picture shows, for whoever cannot see it."""

    image: bytes
    media: Literal["svg", "png"]
    caption: str
    alt: str
    width_mm: float = 150.0
    name: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    when: str
    content: Content


@dataclass(frozen=True, slots=True)
class Timeline:
    moments: tuple[Moment, ...]
    caption: str = ""
    name: str = ""
    counted: str = ""


Block = Heading | Lead | Paragraph | ListOf | Table | Figure | Timeline


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: named below the text, printed from a page of its own."""

    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    organ: str
    day: date
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: who gets a copy, who printed it and when."""

    printed_by: str
    printed_on: date
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    issuer: str
    body: tuple[Block, ...]
    number: str = ""
    addressee: str = ""
    signature: Signature | None = None
    attachments: tuple[Attachment, ...] = ()
    remark: str = ""
    source_notes: tuple[Content, ...] = ()
    imprint: Imprint | None = None
    red_head: bool = False
    approver: str = ""
    secrecy: str = ""
    urgency: str = ""
    journal: str = ""
    """The head of the journal's chain when the paper was written, printed small on page one."""
