"""The form of a ledger: one field per model field, checked alike on a page and from a sheet."""

from collections.abc import Iterable, Mapping
from math import isclose
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hudun.core.organ import Organ, User
from hudun.core.place import check_place

from .choices import organs_for, related_for
from .ledger import Ledger
from .words import field_of, organ_words, say

FEW = 10
"""So many choices are named to a person who typed something else."""
YES_NO = [("true", "是"), ("false", "否")]
PLACE_FIELDS = ("source_datum", "source_lon", "source_lat")


class Pick(forms.ChoiceField):
    """One of some records, loaded once for any number of rows. Gives the record."""

    def __init__(self, records: Mapping[str, models.Model], names: Mapping[str, str], **kw: Any):
        self.records = records
        super().__init__(choices=[("", "请选择"), *names.items()], **kw)

    def clean(self, value: Any) -> models.Model | None:
        key = super().clean(value)
        return self.records[key] if key else None

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, models.Model) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class Boxes(forms.CheckboxSelectMultiple):
    template_name = "core/parts/boxes.html"


class Drop(forms.Select):
    """A list to choose from, written without a template for each choice: there may be hundreds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = [("" if key is None else str(key), label) for key, label in self.choices]
        if any(isinstance(label, list | tuple) for _key, label in choices):
            return super().render(name, value, attrs, renderer)
        chosen = set(self.format_value(value))
        said = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        options = "".join(
            f'<option value="{escape(key)}"{" selected" * (key in chosen)}>{escape(label)}</option>'
            for key, label in choices
        )
        return mark_safe(f"<select{said}>{options}</select>")  # noqa: S308 - escaped above


class PickMany(forms.MultipleChoiceField):
    def __init__(self, records: Mapping[str, models.Model], names: Mapping[str, str], **kw: Any):
        self.records = records
        kw.setdefault("widget", Boxes)
        super().__init__(choices=list(names.items()), **kw)

    def clean(self, value: Any) -> Any:
        return [self.records[key] for key in super().clean(value)]

    def prepare_value(self, value: Any) -> Any:
        return [str(v.pk) if isinstance(v, models.Model) else str(v) for v in value or ()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(self.prepare_value(initial)) != {str(key) for key in data or ()}


class YesNo(forms.TypedChoiceField):
    def __init__(self, **kw: Any) -> None:
        super().__init__(choices=YES_NO, coerce=lambda text: text in ("true", "True", True), **kw)

    def prepare_value(self, value: Any) -> Any:
        return str(value).lower() if isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial)) != str(data)


class Real(forms.FloatField):
    """Spreadsheets keep fifteen digits: what agrees in twelve was not changed."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            value = self.to_python(data)
        except ValidationError:
            return True
        if initial is None or value is None:
            return initial is not value
        return not isclose(float(initial), value, rel_tol=1e-12)


Fields = dict[str, forms.Field]


def fields_for(ledger: Ledger[Any], user: User, names: Iterable[str]) -> Fields:
    """Made once, used for every row of a sheet."""
    return {name: _field(ledger, user, name) for name in names}


def _field(ledger: Ledger[Any], user: User, name: str) -> forms.Field:
    field = field_of(ledger.model, name)
    if field is None:
        raise LookupError(f"{ledger.slug} has no field {name}")
    made = _special(ledger, user, field) or field.formfield()
    if made is None:
        raise LookupError(f"{ledger.slug}: {name} cannot be typed")
    made.label = ledger.label(name)
    made.validators += [check for check in field.validators if check not in made.validators]
    if isinstance(made, forms.ChoiceField) and field.choices:
        made.choices = [*_blank(field), *field.flatchoices]
    if isinstance(made, forms.ChoiceField):
        made.error_messages["invalid_choice"] = _refusal(field, made)
    if isinstance(made, forms.DateField):
        made.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    if isinstance(made, forms.DateTimeField):
        made.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    if isinstance(made, forms.FloatField):
        made.widget.attrs["step"] = "any"
    style(made)
    return made


def _refusal(field: "models.Field[Any, Any]", made: forms.ChoiceField) -> str:
    """In the field's own words, if it has some."""
    own = (getattr(field, "_error_messages", None) or {}).get("invalid_choice")
    return own or f"“%(value)s”不在可选范围内{_among(made)}。"


def _among(field: forms.ChoiceField) -> str:
    labels = [str(label) for value, label in field.choices if value]  # type: ignore[union-attr, misc]
    return f"（{'、'.join(labels)}）" if 0 < len(labels) <= FEW else ""


def _blank(field: "models.Field[Any, Any]") -> list[tuple[str, str]]:
    if field.blank:
        return [("", "（不填）")]
    return [] if field.has_default() else [("", "请选择")]


def _special(
    ledger: Ledger[Any], user: User, field: "models.Field[Any, Any]"
) -> forms.Field | None:
    common = {
        "label": field.verbose_name,
        "required": not field.blank,
        "help_text": field.help_text,
    }
    match field:
        case models.ForeignKey() if field.related_model is Organ:
            organs = list(organs_for(ledger, user))
            only = str(organs[0].pk) if len(organs) == 1 else None
            names = {str(organ.pk): organ_words(organ) for organ in organs}
            return Pick(_by_key(organs), names, initial=only, **common)
        case models.ForeignKey():
            others = list(related_for(field, user))
            return Pick(_by_key(others), {str(o.pk): str(o) for o in others}, **common)
        case models.ManyToManyField():
            others = list(related_for(field, user))
            return PickMany(_by_key(others), {str(o.pk): str(o) for o in others}, **common)
        case models.BooleanField():
            return YesNo(**{**common, "required": True}, initial=field.get_default())
        case models.FloatField():
            return field.formfield(form_class=Real)
        case _:
            return None


def _by_key(records: Iterable[models.Model]) -> dict[str, models.Model]:
    return {str(record.pk): record for record in records}


def style(field: forms.Field) -> None:
    """Bootstrap's classes and our frame around label, input, help and error."""
    field.template_name = "core/parts/field.html"  # type: ignore[attr-defined]
    if type(field.widget) is forms.Select:
        field.widget = Drop(field.widget.attrs, field.widget.choices)
    widget = field.widget
    if isinstance(widget, Boxes):
        return
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs.setdefault("class", "form-check-input")
    elif isinstance(widget, forms.Select):
        widget.attrs.setdefault("class", "form-select")
    else:
        widget.attrs.setdefault("class", "form-control")
    if isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = 3


def styled(form: forms.Form) -> None:
    for field in form.fields.values():
        style(field)


class LedgerForm(forms.Form):
    """`fields` come from `fields_for`; `initial` from `initial_of`."""

    use_required_attribute = True

    def __init__(self, ledger: Ledger[Any], fields: Fields, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.ledger = ledger
        self.fields.update(fields)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._check_place(values)
        self.ledger.clean(values)
        return values

    def _check_place(self, values: dict[str, Any]) -> None:
        asked = {"source_lon", "source_lat"}
        if asked <= set(self.fields) and not asked & set(self.errors):
            check_place(values["source_lon"], values["source_lat"])

    @property
    def changes(self) -> dict[str, Any]:
        """What was changed, as an action takes it."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @property
    def fieldsets(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under their headings."""
        found = [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in self.ledger.sections.items()
        ]
        return [(title, fields) for title, fields in found if fields]

    def refuse(self, texts: Mapping[str, str], otherwise: str) -> None:
        """Puts what an action objected to beside the fields."""
        placed = {name: text for name, text in texts.items() if name in self.fields}
        for name, text in placed.items():
            self.add_error(name, text)
        if not placed:
            self.add_error(None, ValidationError(otherwise))


def initial_of(record: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _initial(record, name) for name in names}


def _initial(record: models.Model, name: str) -> Any:
    value = getattr(record, name)
    return list(value.all()) if isinstance(value, models.Manager) else value


def summary(errors: Mapping[str, Any], fields: Fields) -> list[str]:
    """Errors as sentences that name their field."""
    return [
        f"{fields[name].label}：{say(text)}" if name in fields else say(text)
        for name, texts in errors.items()
        for text in texts
    ]
