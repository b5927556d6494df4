"""What came of a sounding: one object for the page, the paper and the facts."""

from .lists import LISTS, listed
from .load import result_of, results_under
from .nouns import Moment, Result, SignalAt, SignalResult, SirenRow, Sounding

__all__ = [
    "LISTS",
    "Moment",
    "Result",
    "SignalAt",
    "SignalResult",
    "SirenRow",
    "Sounding",
    "listed",
    "result_of",
    "results_under",
]
