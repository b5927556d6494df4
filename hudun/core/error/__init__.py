"""Numbered problems: what happened, what is safe, what to do."""

from . import numbers as numbers
from .problem import Explanation, Problem, explanation, known_problems, problem_table

__all__ = ["Explanation", "Problem", "explanation", "known_problems", "problem_table"]
