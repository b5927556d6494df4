"""Scores, in whole points and whole tenths of a percent.

An item that does not apply, or that the inspector marked 不适用, leaves the denominator. One that
was not looked at keeps its place there and earns nothing: who looks at less scores no better.
A failed veto item makes the whole visit 不合格 and leaves the points as they are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .nouns import Answer, Item, Result, Section, Template

NOTHING = Answer(None)


@dataclass(frozen=True)
class Judged:
    """An item with the result that counts."""

    item: Item
    answer: Answer
    result: Result | None

    @property
    def points(self) -> int:
        return self.item.score if self.result == "pass" else 0

    @property
    def out_of(self) -> int:
        return 0 if self.result == "na" else self.item.score


@dataclass(frozen=True)
class SectionScore:
    title: str
    judged: tuple[Judged, ...]

    @property
    def points(self) -> int:
        return sum(each.points for each in self.judged)

    @property
    def out_of(self) -> int:
        return sum(each.out_of for each in self.judged)


@dataclass(frozen=True)
class Score:
    sections: tuple[SectionScore, ...]

    @property
    def judged(self) -> list[Judged]:
        return [each for section in self.sections for each in section.judged]

    @property
    def points(self) -> int:
        return sum(section.points for section in self.sections)

    @property
    def out_of(self) -> int:
        return sum(section.out_of for section in self.sections)

    @property
    def tenths(self) -> int | None:
        """Tenths of a percent, rounded half up, but 1000 only if nothing is missing."""
        return tenths_of(self.points, self.out_of)

    @property
    def vetoed(self) -> list[Item]:
        return [each.item for each in self.judged if each.item.veto and each.result == "fail"]

    @property
    def failed(self) -> list[Judged]:
        return [each for each in self.judged if each.result == "fail"]

    @property
    def unanswered(self) -> list[Item]:
        return [each.item for each in self.judged if each.result is None]


def score(
    template: Template, answers: Mapping[str, Answer], systems: Collection[str] = ()
) -> Score:
    """`answers` by item key; those of items that do not apply are left out."""
    sections = (_section(section, answers, systems) for section in template.sections)
    return Score(tuple(section for section in sections if section.judged))


def judge(item: Item, answer: Answer) -> Result | None:
    """A number is judged by its limits, whatever was ticked beside it; written words are enough
    for an item that asks for words."""
    if item.answer == "number" and answer.value is not None:
        return "pass" if item.within(answer.value) else "fail"
    if item.answer == "text" and answer.result is None:
        return "pass" if answer.text.strip() else None
    return answer.result


def tenths_of(points: int, out_of: int) -> int | None:
    if not out_of:
        return None
    rounded = (2000 * points + out_of) // (2 * out_of)
    return min(rounded, 999) if points < out_of else 1000


def _section(
    section: Section, answers: Mapping[str, Answer], systems: Collection[str]
) -> SectionScore:
    items = [item for item in section.items if item.applies(systems)]
    given = [(item, answers.get(item.key, NOTHING)) for item in items]
    return SectionScore(
        section.title, tuple(Judged(item, answer, judge(item, answer)) for item, answer in given)
    )
