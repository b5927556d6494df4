"""The papers of a sounding: its report, its public notice, the notice that it was stopped."""

from . import problems as problems
from .checks import check, differences, recount, unfinished
from .notice import public_notice, stop_text
from .office import NOTICE, REPORT, Letterhead, letterhead, paper_kind
from .report import report

__all__ = [
    "NOTICE",
    "REPORT",
    "Letterhead",
    "check",
    "differences",
    "letterhead",
    "paper_kind",
    "public_notice",
    "recount",
    "report",
    "stop_text",
    "unfinished",
]
