"""Money: whole 分 in the database, 元 with two places for people."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db import models

LARGEST_FEN = 10**15


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def in_words(fen: int) -> str:
    return f"{yuan(fen):,.2f} 元"


class YuanField(forms.DecimalField):
    """Typed in 元, cleaned to 分."""

    def prepare_value(self, value: Any) -> Any:
        return f"{yuan(value):.2f}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(str(value).replace(",", "") if value is not None else value)
        return None if typed is None else int(typed.scaleb(2))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.clean(data))
        except forms.ValidationError:
            return True


class FenField(models.BigIntegerField[Any, Any]):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("validators", [MinValueValidator(1)])
        super().__init__(*args, **kwargs)

    def formfield(self, *_args: Any, **_kwargs: Any) -> forms.Field:
        return YuanField(
            label=self.verbose_name, required=not self.blank, decimal_places=2, max_digits=15,
            min_value=Decimal("0.01"),
        )  # fmt: skip
