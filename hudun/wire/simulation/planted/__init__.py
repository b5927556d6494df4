"""Faults put into the production functions on purpose: a judge that sees none of them is blind.

Each is one small patch, held while a seed runs. None is a switch in the product.
"""

from hudun.wire.simulation.planted.at_office import OFFICE_FAULTS
from hudun.wire.simulation.planted.at_terminal import TERMINAL_FAULTS
from hudun.wire.simulation.planted.patching import Fault

FAULTS: dict[str, Fault] = {fault.name: fault for fault in (*TERMINAL_FAULTS, *OFFICE_FAULTS)}

__all__ = ["FAULTS", "Fault"]
