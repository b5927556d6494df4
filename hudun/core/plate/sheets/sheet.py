"""What a sheet is: its size, how it is laid out, and the words that all of its kind share."""

from dataclasses import dataclass
from typing import Literal

Layout = Literal["entrance", "guide", "board"]
Way = Literal["left", "right", "ahead", "back"]
WAYS: dict[str, Way] = {"left": "left", "right": "right", "ahead": "ahead", "back": "back"}


@dataclass(frozen=True, slots=True)
class Sheet:
    key: str
    label: str
    width_mm: int
    height_mm: int
    layout: Layout
    heading: str
    """Above the name of the thing."""
    subheading: str = ""
    notes: tuple[str, ...] = ()
    """On a board: what everybody has to mind."""
    colour: str = "#123f7a"

    @property
    def size(self) -> str:
        return f"{self.width_mm / 10:g}×{self.height_mm / 10:g} cm"
