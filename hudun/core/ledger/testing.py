"""Values with which any ledger can be tried out: what a form asks for, made up field by field."""

from collections.abc import Iterator
from typing import Any

from django import forms

from hudun.core.action import Actor
from hudun.core.organ import Organ, User

from .forms import Fields, LedgerForm, Pick, PickMany, YesNo, fields_for
from .ledger import Ledger, ledgers
from .words import field_of

CHANGSHA = {"source_lon": "112.98", "source_lat": "28.11", "source_datum": "GCJ-02"}


def somebody(ledger: Ledger[Any], people: Iterator[User], organ: Organ) -> User:
    """The first who may create a record in the organ."""
    create = ledger.create
    return next(p for p in people if create is not None and p.has_role(create.roles, organ))


def typed(ledger: Ledger[Any], user: User, organ: Organ, number: int) -> dict[str, Any]:
    """What a person would type into the form; `number` tells records apart."""
    _make_whole(ledger, user, organ)
    fields = fields_for(ledger, user, ledger.fields)
    data = {name: _typed(name, field, number) for name, field in fields.items()}
    return {**data, **{n: v for n, v in CHANGSHA.items() if n in data}, **_site(fields, organ)}


def _make_whole(ledger: Ledger[Any], user: User, organ: Organ) -> None:
    """What the record is to be a part of, if there is none yet."""
    field = field_of(ledger.model, ledger.within) if ledger.within else None
    wholes = [o for o in ledgers.values() if field is not None and o.model is field.related_model]
    for whole in wholes:
        if not whole.rows(user).exists():
            make(whole, user, organ, 1)


def _site(fields: Fields, organ: Organ) -> dict[str, str]:
    field = fields.get("organ")
    if not isinstance(field, Pick):
        return {}
    fits = [key for key in field.records if key == str(organ.pk)]
    return {"organ": (fits or list(field.records))[0]}


def _typed(name: str, field: forms.Field, number: int) -> Any:
    if isinstance(field, PickMany):
        return list(field.records)[:1]
    return next(value for value in _candidates(name, field, number) if _fits(field, value))


def _candidates(name: str, field: forms.Field, number: int) -> Iterator[Any]:
    match field:
        case YesNo():
            yield "true"
        case forms.ChoiceField():
            yield from (value for value, _ in field.choices if value)  # type: ignore[union-attr, misc]
        case forms.DateField():
            yield f"2020-05-{number % 28 + 1:02}"
        case forms.IntegerField() | forms.FloatField():
            yield from (str(number), str(60 + number % 40), "1")
        case _:
            yield from (f"{field.label}{number}", f"0731-855{number:05}", f"{number:064x}", "")
    if not field.required:
        yield ""
    raise LookupError(f"no value fits {name}")


def _fits(field: forms.Field, value: Any) -> bool:
    try:
        field.clean(value)
    except forms.ValidationError:
        return False
    return True


def make(ledger: Ledger[Any], user: User, organ: Organ, number: int) -> Any:
    """A record, made by its action."""
    _make_whole(ledger, user, organ)
    fields = fields_for(ledger, user, ledger.fields)
    form = LedgerForm(ledger, fields, typed(ledger, user, organ, number))
    assert form.is_valid(), form.errors
    return ledger.make(Actor(user, "web", "test"), form.cleaned_data)
