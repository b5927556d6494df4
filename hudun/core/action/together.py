"""One transaction for several actions.

The journal's chain is locked last, after every row: two processes that each hold a row then
cannot wait for one another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from hudun.core.journal.write import Draft, append

from .known import knowing

_waiting: ContextVar[list[Draft] | None] = ContextVar("journal_drafts", default=None)


@contextmanager
def together() -> Iterator[list[Draft]]:
    """Everything inside is committed together, or not at all; its journal lines come at the end.
    Nests: what fails inside an inner block leaves nothing, and the outer one may go on."""
    outer = _waiting.get()
    drafts: list[Draft] = []
    token = _waiting.set(drafts)
    try:
        with knowing(), transaction.atomic():
            yield drafts
            if outer is None:
                append(drafts)
    finally:
        _waiting.reset(token)
    if outer is not None:
        outer.extend(drafts)
