"""The plate on a thing: what checks, defects and reports about it hang on."""

from .issue import follow, give_plate, withdraw_plate
from .kinds import kinds
from .models import Plate
from .plated import Contact, Plated

__all__ = ["Contact", "Plate", "Plated", "follow", "give_plate", "kinds", "withdraw_plate"]
