"""Reads the chains and names every line that was changed, left out, moved or cut off."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from hudun.core.journal.canonical import digest
from hudun.core.journal.models import JournalHead, JournalLine
from hudun.core.journal.write import chain_of, columns
from hudun.core.organ import Organ


class Head(NamedTuple):
    """The last line of a chain, as printed in papers and sent upward."""

    chain: str
    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain}:{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Self:
        chain, seq, hash_ = text.strip().split(":")
        return cls(chain, int(seq), hash_)


@dataclass(frozen=True)
class Fault:
    chain: str
    seq: int
    kind: str
    """changed, missing, moved or cut."""
    what: str


def head(organ: Organ | None) -> Head:
    """Where the chain of the organ's office now ends."""
    chain = chain_of(organ)
    row = JournalHead.objects.filter(chain=chain).first()
    return Head(chain, row.seq, row.hash) if row else Head(chain, 0, "")


def verify(organ: Organ | None = None, noted: Iterable[Head] = ()) -> list[Fault]:
    """All chains, or that of one organ. `noted` are heads written down elsewhere: in an issued
    paper, at the upper level."""
    notes = list(noted)
    chains = {chain_of(organ)} if organ else _all_chains() | {note.chain for note in notes}
    faults: list[Fault] = []
    for chain in sorted(chains):
        mine = {note.seq: note.hash for note in notes if note.chain == chain}
        faults += _verify_chain(chain, mine)
    return faults


def _all_chains() -> set[str]:
    lines = JournalLine.objects.order_by().values_list("chain", flat=True).distinct()
    return {*lines, *JournalHead.objects.values_list("chain", flat=True)}


def _verify_chain(chain: str, noted: dict[int, str]) -> Iterator[Fault]:
    last, last_hash, unseen = 0, "", dict(noted)
    for line in JournalLine.objects.chain(chain).iterator(chunk_size=2000):
        yield from _gap(chain, last, line.seq)
        yield from _line_faults(line, last_hash if line.seq == last + 1 else None)
        if unseen.pop(line.seq, line.hash) != line.hash:
            yield Fault(chain, line.seq, "changed", "与另处记下的摘要不符")
        last, last_hash = line.seq, line.hash
    yield from _end_faults(chain, last, last_hash, unseen)


def _gap(chain: str, last: int, seq: int) -> Iterator[Fault]:
    for missing in range(last + 1, seq):
        yield Fault(chain, missing, "missing", "缺少这一行")


def _line_faults(line: JournalLine, previous: str | None) -> Iterator[Fault]:
    """`previous` is None after a gap, where nothing can be said about the link."""
    content = _content(line)
    if digest(line.body) != line.hash:
        yield Fault(line.chain, line.seq, "changed", "内容与摘要不符")
    elif differing := [name for name, value in columns(line).items() if content.get(name) != value]:
        yield Fault(line.chain, line.seq, "changed", f"检索列被改：{'、'.join(differing)}")
    if previous is not None and content.get("prev") != previous:
        yield Fault(line.chain, line.seq, "moved", "与上一行接不上")


def _content(line: JournalLine) -> dict[str, Any]:
    try:
        content = json.loads(line.body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _end_faults(chain: str, last: int, last_hash: str, unseen: dict[int, str]) -> Iterator[Fault]:
    row = JournalHead.objects.filter(chain=chain).first()
    expected = max([*unseen, row.seq if row else 0])
    if expected > last:
        yield Fault(chain, last + 1, "cut", f"末尾缺 {expected - last} 行（应有 {expected} 行）")
    elif row is None or row.seq != last or row.hash != last_hash:
        yield Fault(chain, last, "changed", "链尾记录与最后一行不符")
