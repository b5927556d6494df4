"""Issuing a paper: its number is taken, both files are stored, and that is how they stay."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import models

from hudun.core import clock
from hudun.core.action import Act
from hudun.core.error import Problem
from hudun.core.journal.verify import head
from hudun.core.organ import Organ

from .fonts import FontSet, fonts_at
from .models import IssuedPaper, Media, PaperCounter, PaperFile
from .numbering import document_number
from .pdf import write_pdf
from .tree import Paper
from .word import write_docx


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A series of numbers: each office counts each kind from 1 in each year."""

    key: str
    code: str
    """发文机关代字 with the mark of the series, before 〔year〕."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper set with the number it will have, if nobody is quicker."""

    paper: Paper
    kind: PaperKind
    serial: int
    year: int
    docx: bytes
    pdf: bytes


def compose(paper: Paper, kind: PaperKind, organ: Organ, at: datetime) -> Composed:
    """Sets both files; takes nothing. Done before the transaction, it keeps no row locked for
    the half second that setting type takes."""
    seat, year = organ.seat(), clock.beijing(at).year
    counter = PaperCounter.objects.filter(organ=seat, kind=kind.key, year=year).first()
    serial = (counter.last if counter else 0) + 1
    numbered = replace(
        paper, number=document_number(kind.code, year, serial), journal=str(head(seat))
    )
    docx, pdf = rendered(numbered, at)
    return Composed(numbered, kind, serial, year, docx, pdf)


def rendered(paper: Paper, at: datetime) -> tuple[bytes, bytes]:
    """.docx and .pdf; without a number and a journal head they say that they are a draft."""
    fonts, home = office_fonts(), settings.OFFICE_URL
    return write_docx(paper, fonts, at, home), write_pdf(paper, fonts, at, home)


def office_fonts() -> FontSet:
    return fonts_at(Path(settings.BASE_DIR), Path(settings.FONTS_DIR))


def issue(
    act: Act, paper: Paper | Composed, kind: PaperKind, about: models.Model | None = None
) -> IssuedPaper:
    """Within an action. What fails leaves no gap: the number goes back with the transaction."""
    if act.organ is None:
        raise ValueError("a paper is issued by an organ")
    seat, year = act.organ.seat(), clock.beijing(act.now).year
    counter = _locked_counter(seat, kind, year)
    made = paper if isinstance(paper, Composed) else compose(paper, kind, seat, act.now)
    if (made.kind, made.year, made.serial) != (kind, year, counter.last + 1):
        raise Problem("409.15")
    counter.last = made.serial
    counter.save(update_fields=["last"])
    return _stored(act, seat, made, about)


def _locked_counter(seat: Organ, kind: PaperKind, year: int) -> PaperCounter:
    first = PaperCounter(organ=seat, kind=kind.key, year=year)
    PaperCounter.objects.bulk_create([first], ignore_conflicts=True)
    return PaperCounter.objects.select_for_update().get(organ=seat, kind=kind.key, year=year)


def _stored(act: Act, seat: Organ, made: Composed, about: models.Model | None) -> IssuedPaper:
    issued = IssuedPaper.objects.create(
        organ=seat,
        kind=made.kind.key,
        year=made.year,
        serial=made.serial,
        number=made.paper.number,
        title=made.paper.title.replace("\n", ""),
        about_type=about._meta.label if about else "",
        about_id=str(about.pk) if about else "",
        docx_digest=sha256(made.docx).hexdigest(),
        pdf_digest=sha256(made.pdf).hexdigest(),
        journal_head=made.paper.journal,
        issued_at=act.now,
        issued_by=act.actor.user,
    )
    files = {Media.DOCX: made.docx, Media.PDF: made.pdf}
    PaperFile.objects.bulk_create(
        PaperFile(paper=issued, media=media, content=content) for media, content in files.items()
    )
    act.changed(issued)
    return issued
