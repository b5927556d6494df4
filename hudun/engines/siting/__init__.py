"""Where the next sirens should stand. Arrays in, sites out, always with a proved bound."""

from .answer import Answer
from .center import center, least_number
from .coverage import Cover, cover, merged
from .maximal import maximal
from .median import median

__all__ = ["Answer", "Cover", "center", "cover", "least_number", "maximal", "median", "merged"]
