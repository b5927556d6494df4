"""Where the next sirens should stand. Arrays in, sites out, always with a proved bound."""

from .answer import Answer
from .center import center, gradual
from .coverage import Cover, cover, merged
from .enough import affordable, least_number
from .maximal import maximal
from .median import median

__all__ = [
    "Answer",
    "Cover",
    "affordable",
    "center",
    "cover",
    "gradual",
    "least_number",
    "maximal",
    "median",
    "merged",
]
