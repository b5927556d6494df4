"""The rates of a sounding: pure sums over how each signal ended at each siren.

鸣响率 = sounded the ordered signal ÷ ordered; 准确率 = right signal, start and duration ÷ ordered;
统控率 = obeyed central control ÷ ordered. A siren counts only if every signal of it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Outcome(IntEnum):
    """How a signal ended at a siren, from best to worst: a siren is as good as its worst signal."""

    FINISHED = 1
    """On central order, proved."""
    BY_HAND = 2
    """People started it and recorded that."""
    UNPROVED = 3
    PENDING = 4
    """No verdict yet."""
    UNREPORTED = 5
    """A siren without terminal of which nobody recorded a start."""
    INTERRUPTED = 6
    REFUSED = 7
    SILENT = 8
    UNREACHABLE = 9


FAILURES = tuple(outcome for outcome in Outcome if outcome > Outcome.PENDING)

Numbers = frozenset[int]
NOBODY: Numbers = frozenset()


class Played(NamedTuple):
    """One signal at one siren."""

    outcome: Outcome
    accurate: bool = False


@dataclass(frozen=True)
class Ratio:
    """Sirens by number: those that count, of all that were asked."""

    part: Numbers
    whole: Numbers

    @property
    def numerator(self) -> int:
        return len(self.part)

    @property
    def denominator(self) -> int:
        return len(self.whole)

    @property
    def missing(self) -> Numbers:
        return self.whole - self.part


@dataclass(frozen=True)
class Tally:
    """Every ordered siren stands under exactly one outcome."""

    ordered: Numbers
    by_outcome: Mapping[Outcome, Numbers]
    accurate: Numbers

    def of(self, *outcomes: Outcome) -> Numbers:
        return NOBODY.union(*(self.by_outcome.get(outcome, NOBODY) for outcome in outcomes))

    @property
    def central(self) -> Numbers:
        return self.of(Outcome.FINISHED)

    @property
    def by_hand(self) -> Numbers:
        return self.of(Outcome.BY_HAND)

    @property
    def unproved(self) -> Numbers:
        return self.of(Outcome.UNPROVED)

    @property
    def pending(self) -> Numbers:
        return self.of(Outcome.PENDING)

    @property
    def failed(self) -> Numbers:
        return self.of(*FAILURES)

    @property
    def sounded(self) -> Numbers:
        return self.central | self.by_hand

    @property
    def inaccurate(self) -> Numbers:
        """Sounded on central order, but not at the right second or not for the right time."""
        return self.central - self.accurate

    @property
    def sounding_rate(self) -> Ratio:
        """鸣响率（鸣放率）."""
        return Ratio(self.sounded, self.ordered)

    @property
    def accuracy_rate(self) -> Ratio:
        """准确率."""
        return Ratio(self.accurate, self.ordered)

    @property
    def control_rate(self) -> Ratio:
        """统控率: kept apart from 鸣响率, which counts hand-started sirens too."""
        return Ratio(self.central, self.ordered)


def tally(played: Mapping[int, Sequence[Played]]) -> Tally:
    """Siren number → its signals, of which there is at least one."""
    by_outcome: defaultdict[Outcome, set[int]] = defaultdict(set)
    for number, signals in played.items():
        by_outcome[max(signal.outcome for signal in signals)].add(number)
    return Tally(
        frozenset(played),
        {outcome: frozenset(numbers) for outcome, numbers in sorted(by_outcome.items())},
        frozenset(number for number, signals in played.items() if all_accurate(signals)),
    )


def all_accurate(signals: Sequence[Played]) -> bool:
    return all(signal.accurate and signal.outcome is Outcome.FINISHED for signal in signals)


def by_signal(played: Mapping[int, Sequence[Played]]) -> list[Tally]:
    """The tally of each signal by itself, in the order of the programme."""
    columns = max(map(len, played.values()), default=0)
    return [tally({n: [signals[i]] for n, signals in played.items()}) for i in range(columns)]
