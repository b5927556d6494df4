"""Every write of inspections."""

from hudun.affairs.inspections import problems  # noqa: F401
