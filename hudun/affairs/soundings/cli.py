"""`hudun dispatch` and `hudun stop`."""

from .dispatch.process import main as dispatch
from .stopping import main as stop

__all__ = ["dispatch", "stop"]
