"""What an uploaded sheet would do, row by row, and doing it.

A row names its record by the ledger's key within its office. A column that is not in the sheet,
or that the person must not see, is left as it is; an empty cell empties the field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any, Literal, NamedTuple

from django.db import models

from hudun.core import clock
from hudun.core.action import Actor, together
from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganKind, User

from . import errors, sheet  # noqa: F401
from .forms import Fields, LedgerForm, fields_for, initial_of, summary
from .ledger import Ledger
from .models import ImportDraft
from .reading import Reader, readers
from .words import say

Kind = Literal["new", "change", "same", "bad"]
MISSING = "（空）"


@dataclass(frozen=True)
class RowPlan:
    line: int
    key: str
    name: str
    kind: Kind
    errors: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    record: models.Model | None = None


@dataclass(frozen=True)
class Outcome:
    rows: list[RowPlan]

    def of(self, kind: Kind) -> list[RowPlan]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(self.of(kind)) for kind in ("new", "change", "same", "bad")}

    @property
    def good(self) -> int:
        return len(self.of("new")) + len(self.of("change"))


class Refused(Exception):
    """Nothing was done, because not every row could be."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def take_up(ledger: Ledger[Any], user: User, file: IO[bytes], size: int, name: str) -> ImportDraft:
    """Keeps the rows of an uploaded sheet; what the person left unconfirmed before is dropped."""
    labels = {ledger.label(field): field for field in ledger.fields}
    written = {ledger.label(field) for field in ledger.aside}
    found = sheet.read(file, size, list(labels), ledger.label(ledger.key))
    if not found.rows:
        raise sheet.Unreadable("表头下面没有数据。")
    rows = [
        {"": str(line), **{labels[label]: text for label, text in row.items() if label in labels}}
        for line, row in found.rows
    ]
    ImportDraft.objects.waiting(ledger.slug, user).delete()
    return ImportDraft.objects.create(
        ledger=ledger.slug,
        person=user,
        file_name=name[:200],
        rows=rows,
        unknown=[label for label in found.labels if label not in labels and label not in written],
        made_at=clock.now(),
    )


class _Known(NamedTuple):
    """What the rows are compared with."""

    seats: list[str]
    records: dict[tuple[str, str], models.Model]

    def seat_of(self, organ: Organ) -> str:
        fits = [path for path in self.seats if organ.path.startswith(path)]
        return max(fits, key=len, default=organ.path)


def _known(ledger: Ledger[Any], organs: Iterable[Organ]) -> _Known:
    above = {path for organ in organs for path in organ.paths_above()}
    districts = Organ.objects.filter(path__in=above).kind(OrganKind.DISTRICT)
    known = _Known(sorted(districts.values_list("path", flat=True)), {})
    manager: Any = ledger.model._default_manager
    inside = models.Q(pk__in=[])
    for path in known.seats:
        inside |= models.Q(organ__path__startswith=path)
    for record in ledger.loaded(manager.filter(inside)):
        known.records[known.seat_of(record.organ), say(getattr(record, ledger.key))] = record
    return known


def _parts(ledger: Ledger[Any], user: User) -> _Known:
    """Parts are named within their whole, and seen with it."""
    found = {
        (str(getattr(record, f"{ledger.within}_id")), say(getattr(record, ledger.key))): record
        for record in ledger.rows(user)
    }
    return _Known([], found)


class Planner:
    """Judges rows one after another; asks the database nothing between them."""

    def __init__(self, ledger: Ledger[Any], user: User, present: Iterable[str]) -> None:
        self.ledger, self.user = ledger, user
        self.fields: Fields = fields_for(ledger, user, ledger.fields)
        self.present = [name for name in ledger.fields if name in set(present)]
        self.readers: Mapping[str, Reader] = readers(self.fields)
        organs = getattr(self.fields.get("organ"), "records", {})
        self.organs: dict[str, Organ] = dict(organs)
        self.known = _parts(ledger, user) if ledger.within else _known(ledger, self.organs.values())
        self.wholes = getattr(self.fields.get(ledger.within), "records", {})
        self.seen: dict[tuple[str, str], int] = {}

    def judge(self, row: dict[str, str]) -> RowPlan:
        line, key = int(row[""]), row.get(self.ledger.key, "").strip()
        bare = RowPlan(line, key, row.get("name", ""), "bad")
        seat = self._seat(row)
        if not key or seat is None:
            return replace(bare, errors=[self._unplaced(row, key)])
        earlier = self.seen.setdefault((seat, key), line)
        if earlier != line:
            return replace(
                bare, errors=[f"与第 {earlier} 行的{self.ledger.label(self.ledger.key)}相同"]
            )
        record = self.known.records.get((seat, key))
        return self._judge(bare, row, record)

    def _unplaced(self, row: dict[str, str], key: str) -> str:
        if not key:
            return f"{self.ledger.label(self.ledger.key)}：没有填写"
        name = self.ledger.within or "organ"
        text = row.get(name, "")
        why = f"“{text}”不在您的管辖范围内，或者有同名的" if text else "没有填写"
        return f"{self.ledger.label(name)}：{why}"

    def _seat(self, row: dict[str, str]) -> str | None:
        """The office the row belongs to: by its organ, or the only one there is. Of a part: the
        whole it belongs to."""
        if within := self.ledger.within:
            whole = self.readers[within](row.get(within, ""))
            return whole if whole in self.wholes else None
        if text := row.get("organ", ""):
            organ = self.organs.get(self.readers["organ"](text))
            return self.known.seat_of(organ) if organ else None
        return self.known.seats[0] if len(self.known.seats) == 1 else None

    def _judge(self, bare: RowPlan, row: dict[str, str], record: Any) -> RowPlan:
        if record is not None and not self.user.sees(record.organ):
            return replace(bare, errors=["编号已被占用，且不在您的管辖范围内"])
        if record is not None and not self.ledger.may_edit(self.user, record):
            return replace(bare, errors=["您的岗位不能修改这条记录"])
        names = self._names(row, record)
        data = {name: self._datum(name, row) for name in names}
        initial = initial_of(record, names) if record else {}
        form = LedgerForm(
            self.ledger, {name: self.fields[name] for name in names}, data, initial=initial
        )
        if not form.is_valid():
            return replace(bare, errors=summary(form.errors, self.fields))
        if record is None:
            return replace(bare, kind="new", values=form.cleaned_data)
        changes = [self._change(name, record, form) for name in form.changed_data]
        kind: Kind = "change" if changes else "same"
        return replace(bare, kind=kind, changes=changes, values=form.changes, record=record)

    def _datum(self, name: str, row: dict[str, str]) -> Any:
        if name in self.present and not self._defaults(name, row):
            return self.readers[name](row.get(name, ""))
        made = self.fields[name]
        return made.prepare_value(made.initial)

    def _defaults(self, name: str, row: dict[str, str]) -> bool:
        """Where a field must not be empty and has a default, an empty cell says nothing."""
        made = self.fields[name]
        return not row.get(name, "").strip() and made.required and made.initial is not None

    def _names(self, row: dict[str, str], record: Any) -> list[str]:
        """A new record is judged by all required fields, also those without a column."""
        if record is None:
            return [n for n, f in self.fields.items() if f.required or n in self.present]
        hidden = self.ledger.hidden(self.user, record)
        told = [name for name in self.present if not self._defaults(name, row)]
        return [name for name in told if name not in hidden]

    def _change(self, name: str, record: Any, form: LedgerForm) -> tuple[str, str, str]:
        before = self.ledger.words(record, name, self.user)
        after = form.cleaned_data[name]
        return self.ledger.label(name), before or MISSING, self._said(name, after) or MISSING

    def _said(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return "、".join(str(item) for item in value)
        choices = getattr(self.fields[name], "choices", None)
        named = {str(key): str(label) for key, label in choices or ()}
        return named.get(str(value), say(value)) if isinstance(value, str) else say(value)


def plan(ledger: Ledger[Any], user: User, draft: ImportDraft) -> Outcome:
    present = {name for row in draft.rows for name in row}
    planner = Planner(ledger, user, present)
    return Outcome([planner.judge(row) for row in draft.rows])


def carry_out(ledger: Ledger[Any], actor: Actor, draft: ImportDraft, *, keep_good: bool) -> Outcome:
    """All rows or, if the clerk chose so, the good ones; each by its action."""
    actor = replace(actor, source="import", reason=f"导入 {draft.file_name}")
    with together():
        _claim(draft)
        planned = plan(ledger, draft.person, draft)
        done = Outcome([_do(ledger, actor, row) for row in planned.rows])
        if done.of("bad") and not keep_good:
            raise Refused(done)
    return done


def _claim(draft: ImportDraft) -> None:
    """A second press of the button finds the draft done."""
    waiting = ImportDraft.objects.filter(pk=draft.pk, done_at=None)
    if not waiting.update(done_at=clock.now()):
        raise Problem("409.10")


def _do(ledger: Ledger[Any], actor: Actor, row: RowPlan) -> RowPlan:
    if row.kind not in ("new", "change"):
        return row
    try:
        with together():
            _act(ledger, actor, row)
    except Problem as problem:
        return replace(row, kind="bad", errors=[problem.what])
    return row


def _act(ledger: Ledger[Any], actor: Actor, row: RowPlan) -> None:
    if row.record is not None and ledger.edit is not None:
        ledger.edit(actor, row.record, **row.values)
    else:
        ledger.make(actor, row.values)
