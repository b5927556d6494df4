"""A fleet of simulated terminals, with faults to order."""

from hudun.terminal.fleet.faults import Fault, FaultFileError, parse_faults, read_faults
from hudun.terminal.fleet.fleet import Counters, Fleet
from hudun.terminal.fleet.members import (
    Member,
    make_fleet_provisions,
    read_members,
    write_members,
)

__all__ = [
    "Counters",
    "Fault",
    "FaultFileError",
    "Fleet",
    "Member",
    "make_fleet_provisions",
    "parse_faults",
    "read_faults",
    "read_members",
    "write_members",
]
