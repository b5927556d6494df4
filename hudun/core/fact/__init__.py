"""Numbers by name, each of which opens to the records behind it."""

from .fact import Fact, Value, ask, fact, facts

__all__ = ["Fact", "Value", "ask", "fact", "facts"]
