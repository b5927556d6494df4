"""What a period of upkeep is worth: points, one of four outcomes, money. No database."""

from .outcome import Outcome, Parts, Rated, rate
from .subsidy import subsidy_fen

__all__ = ["Outcome", "Parts", "Rated", "rate", "subsidy_fen"]
