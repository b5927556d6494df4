"""Under which numbers the papers of soundings go out."""

from hudun.core.paper.issue import PaperKind
from hudun.office.letterhead import Letterhead, letterhead

REPORT, NOTICE = "soundings.report", "soundings.notice"
MARKS = {REPORT: "报", NOTICE: "告"}

__all__ = ["MARKS", "NOTICE", "REPORT", "Letterhead", "letterhead", "paper_kind"]


def paper_kind(key: str, head: Letterhead) -> PaperKind:
    return PaperKind(key, head.prefix + MARKS[key])
