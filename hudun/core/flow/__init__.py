"""States and moves of a noun, in one table."""

from .flow import Flow, Move, State, move

__all__ = ["Flow", "Move", "State", "move"]
