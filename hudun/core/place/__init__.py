"""Places and areas; true coordinates are CGCS2000."""

from .area import Area, overlaps_box
from .fields import DATUMS, Placed, check_place, in_box

__all__ = ["DATUMS", "Area", "Placed", "check_place", "in_box", "overlaps_box"]
