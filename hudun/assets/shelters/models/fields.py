"""Columns that the register has several of."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from hudun.core.organ import Organ
from hudun.core.phone import PHONE


def area(label: str) -> "models.FloatField[Any, Any]":
    limits = [MinValueValidator(0), MaxValueValidator(1_000_000)]
    return models.FloatField(label, null=True, blank=True, validators=limits)


def unit(label: str) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=100, blank=True)


def person(label: str) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=50, blank=True)


def phone(label: str) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=40, blank=True, validators=[PHONE])


def email(label: str) -> "models.EmailField[str, str]":
    return models.EmailField(label, blank=True)


def node() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
