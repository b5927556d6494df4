"""From a query string to the rows it asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    DateFilter,
    Filter,
    FilterSet,
    ModelChoiceFilter,
    NumberFilter,
)

from hudun.core.organ import Organ, User

from .choices import organs_for, related_for
from .ledger import Ledger
from .words import field_of, organ_words

ALL = "全部"


class OrganChoices(ModelChoiceFilter):
    """Everything below the chosen organ."""

    def filter(self, qs: "QuerySet[Any]", value: Organ | None) -> "QuerySet[Any]":
        below: QuerySet[Any] = qs.under(value) if value else qs  # type: ignore[attr-defined]
        return below

    @property
    def field(self) -> forms.Field:
        field: forms.ModelChoiceField[Organ] = super().field
        field.label_from_instance = organ_words  # type: ignore[assignment]
        return field


def searcher(fields: Sequence[str]) -> Any:
    """Every word must be somewhere."""

    def search(qs: "QuerySet[Any]", _name: str, text: str) -> "QuerySet[Any]":
        for word in text.split()[:8]:
            how = "icontains" if word.lower() != word.upper() else "contains"
            found = Q()
            for field in fields:
                found |= Q(**{f"{field}__{how}": word})
            qs = qs.filter(found)
        return qs

    return search


def filters_of(ledger: Ledger[Any], user: User) -> dict[str, Filter]:
    made: dict[str, Filter] = {}
    if ledger.search:
        box = forms.TextInput(attrs={"type": "search", "placeholder": "名称、编号、单位…"})
        made["q"] = CharFilter(label="查找", method=searcher(ledger.search), widget=box)
    for name in ledger.filters:
        made |= _filters_for(ledger, name, user)
    made |= ledger.more_filters(user)
    for filter_ in made.values():
        filter_.extra.setdefault("required", False)
    return made


def _filters_for(ledger: Ledger[Any], name: str, user: User) -> dict[str, Filter]:
    field, label = field_of(ledger.model, name), ledger.label(name)
    match field:
        case models.ForeignKey() if field.related_model is Organ:
            choices = organs_for(ledger, user)
            return {name: OrganChoices(label=label, queryset=choices, empty_label=ALL)}
        case models.ForeignKey() | models.ManyToManyField():
            others = related_for(field, user)
            return {name: ModelChoiceFilter(label=label, queryset=others, empty_label=ALL)}
        case models.BooleanField():
            yes_no = forms.Select(choices=[("", ALL), ("true", "是"), ("false", "否")])
            return {name: BooleanFilter(label=label, field_name=name, widget=yes_no)}
        case models.DateTimeField():
            return _between(name, label, DateFilter, _day(), "date__")
        case models.DateField():
            return _between(name, label, DateFilter, _day())
        case _ if field is not None and field.choices:
            return {name: ChoiceFilter(label=label, choices=field.choices, empty_label=ALL)}
        case models.IntegerField() | models.FloatField():
            return _between(name, label, NumberFilter, forms.NumberInput())
        case _:
            return {name: CharFilter(label=label, field_name=name, lookup_expr="icontains")}


def _day() -> forms.Widget:
    return forms.DateInput(attrs={"type": "date"})


def _between(
    name: str, label: str, kind: type[Filter], widget: forms.Widget, part: str = ""
) -> dict[str, Filter]:
    def side(end: str, lookup: str) -> Filter:
        return kind(
            label=f"{label}{end}", field_name=name, lookup_expr=f"{part}{lookup}", widget=widget
        )

    return {f"{name}_from": side("起", "gte"), f"{name}_to": side("止", "lte")}


def narrowed(ledger: Ledger[Any], user: User, query: QueryDict) -> FilterSet:
    """The bound filter; `.qs` are the rows, `.form` the form. What cannot be read is left out
    and said beside its field."""
    made = type("Narrowed", (FilterSet,), filters_of(ledger, user))
    rows = ledger.rows(user)
    bound: FilterSet = made(data=query, queryset=rows)
    return bound
