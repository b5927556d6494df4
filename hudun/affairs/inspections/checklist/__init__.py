"""What is looked at and what it counts: templates read from JSON, and scores. No database."""

from .nouns import Answer, Item, Result, Section, Template
from .reading import read_template
from .scoring import Judged, Score, SectionScore, judge, score
from .values import Malformed

__all__ = [
    "Answer",
    "Item",
    "Judged",
    "Malformed",
    "Result",
    "Score",
    "Section",
    "SectionScore",
    "Template",
    "judge",
    "read_template",
    "score",
]
