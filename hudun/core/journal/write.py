"""Appending to the chains. Only actions call this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hudun.core.organ import Organ

from .canonical import canonical, digest
from .models import JournalHead, JournalLine

NOWHERE = ""
"""The chain of what concerns the whole installation and no organ."""


@dataclass(frozen=True)
class Draft:
    """A line before it has a number."""

    chain: str
    at: datetime
    verb: str
    organ_id: UUID | None
    person_id: UUID | None
    object_type: str
    object_id: str
    content: dict[str, Any]


def chain_of(organ: Organ | None) -> str:
    """Named by the official code of the organ that keeps it, or by its id."""
    if organ is None:
        return NOWHERE
    seat = organ.seat()
    return seat.code or seat.pk.hex


def append(drafts: Iterable[Draft]) -> None:
    """Within a transaction. Chains are locked in one order, so that nobody waits in a circle."""
    by_chain: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_chain.setdefault(draft.chain, []).append(draft)
    for chain in sorted(by_chain):
        _append_to(chain, by_chain[chain])


def _append_to(chain: str, drafts: list[Draft]) -> None:
    head = _locked_head(chain)
    lines = []
    for draft in drafts:
        line = _line(draft, head.seq + 1, head.hash)
        head.seq, head.hash = line.seq, line.hash
        lines.append(line)
    JournalLine.objects.bulk_create(lines, batch_size=500)
    head.save(update_fields=["seq", "hash"])


def _locked_head(chain: str) -> JournalHead:
    head = JournalHead.objects.select_for_update().filter(chain=chain).first()
    if head is None:
        JournalHead.objects.bulk_create([JournalHead(chain=chain)], ignore_conflicts=True)
        head = JournalHead.objects.select_for_update().get(chain=chain)
    return head


def _line(draft: Draft, seq: int, previous: str) -> JournalLine:
    line = JournalLine(
        chain=draft.chain,
        seq=seq,
        at=draft.at,
        verb=draft.verb,
        organ_id=draft.organ_id,
        person_id=draft.person_id,
        object_type=draft.object_type,
        object_id=draft.object_id,
    )
    line.body = canonical({**draft.content, **columns(line), "prev": previous})
    line.hash = digest(line.body)
    return line


def columns(line: JournalLine) -> dict[str, Any]:
    """What the columns say; the hashed text must say the same."""
    return {
        "chain": line.chain,
        "seq": line.seq,
        "at": line.at.isoformat(),
        "verb": line.verb,
        "organ": str(line.organ_id) if line.organ_id else None,
        "person": str(line.person_id) if line.person_id else None,
        "object_type": line.object_type,
        "object_id": line.object_id,
    }
