"""Shelters for load tests: real ones, of another country."""

from .romania import HEADINGS, Row, plant_counties, rows, workbook

__all__ = ["HEADINGS", "Row", "plant_counties", "rows", "workbook"]
