"""The tree as .docx, with the fonts that GB/T 9704-2012 names."""

from datetime import datetime
from io import BytesIO

import docx

from hudun.core.paper.fonts import FontSet
from hudun.core.paper.prepare import prepare
from hudun.core.paper.tree import Paper

from .blocks import write_blocks
from .ends import write_head, write_tail
from .page import set_up
from .text import Writer


def write_docx(paper: Paper, fonts: FontSet, at: datetime, base_url: str = "") -> bytes:
    """`fonts` draw the figures; the text's fonts are named and looked for by the reader's Word."""
    ready = prepare(paper, base_url)
    document = docx.Document()
    set_up(document, ready, at)
    writer = Writer(document, fonts)
    write_head(writer, ready)
    write_blocks(writer, ready.body)
    writer.keep_last(ready.signature is not None)
    write_tail(writer, ready)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
