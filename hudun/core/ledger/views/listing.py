"""The list: filtered, sorted, paged; the same rows as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django_filters import FilterSet

from hudun.core.flow import State
from hudun.core.ledger.filters import narrowed
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import User
from hudun.core.web import person_of

JSON_PAGE = 500
MANY = 2_000
"""Found by a search: so many keys are taken at once."""


@dataclass(frozen=True)
class Heading:
    """A column's head: what a click on it sorts by next, and how it is sorted now."""

    column: Column
    sort: str
    sorted: str


@dataclass(frozen=True)
class Cell:
    column: Column
    text: str
    state: State | None = None


@dataclass(frozen=True)
class Row:
    record: Model
    url: str
    cells: list[Cell]


def rows(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    user = person_of(request)
    bound = narrowed(ledger, user, request.GET)
    page = page_of(ledger, in_order(ledger, bound.qs, request), request)
    context = {
        **frame(request, ledger, bound),
        "headings": headings(ledger, request),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "rows": [row_of(ledger, record, user) for record in page],
        "may_edit": ledger.may_edit_some(user),
    }
    partial = request.headers.get("HX-Target") == "results"
    template = "core/ledger/results.html" if partial else ledger.list_template
    response = render(request, template, context)
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


def frame(request: HttpRequest, ledger: Ledger[Any], bound: FilterSet) -> dict[str, Any]:
    """What list, map and print say alike."""
    query = request.GET.copy()
    for name in ("page", "sort", "bbox"):
        query.pop(name, None)
    return {
        "ledger": ledger,
        "form": bound.form,
        "filtered": any(query.get(name) for name in bound.filters),
        "query": query.urlencode(),
        "may_create": ledger.may_create(person_of(request)),
    }


def headings(ledger: Ledger[Any], request: HttpRequest) -> list[Heading]:
    now = request.GET.get("sort", "")
    return [_heading(column, now) for column in ledger.shown_columns]


def _heading(column: Column, now: str) -> Heading:
    if now.removeprefix("-") != column.name:
        return Heading(column, column.name if column.order else "", "")
    rising = not now.startswith("-")
    return Heading(
        column,
        f"-{column.name}" if rising else column.name,
        "ascending" if rising else "descending",
    )


def in_order(ledger: Ledger[Any], found: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
    now = request.GET.get("sort", "")
    sign = "-" if now.startswith("-") else ""
    order = {column.name: column.order for column in ledger.shown_columns if column.order}
    chosen = order.get(now.removeprefix("-"))
    default = list(ledger.ordering or ledger.model._meta.ordering or [])
    return found.order_by(*([f"{sign}{chosen}"] if chosen else []), *default, "pk")


class Rows(Sequence[Any]):
    """Rows by the page: first only which ones, then all that they show. So a sort over the whole
    table carries keys and not rows."""

    def __init__(self, found: "QuerySet[Any]", searched: bool = False) -> None:
        """A search reads every row: so once and in no order, not once more to count and to sort."""
        self.found = found
        self.known: int | None = None
        if searched:
            keys = list(found.order_by().values_list("pk", flat=True)[: MANY + 1])
            if len(keys) <= MANY:
                self.found, self.known = found.filter(pk__in=keys), len(keys)

    def __len__(self) -> int:
        return self.found.count() if self.known is None else self.known

    def __getitem__(self, part: Any) -> Any:
        keys = list(self.found.values_list("pk", flat=True)[part])
        rows = {row.pk: row for row in self.found.order_by().filter(pk__in=keys)}
        return [rows[key] for key in keys if key in rows]


def page_of(
    ledger: Ledger[Any], found: "QuerySet[Any]", request: HttpRequest, size: int = 0
) -> Page[Any]:
    searched = bool(request.GET.get("q"))
    pages = Paginator(Rows(found, searched), size or ledger.page_size)
    return pages.get_page(request.GET.get("page"))


def row_of(ledger: Ledger[Any], record: Any, user: User) -> Row:
    state = ledger.state_of(record)
    cells = [
        Cell(column, ledger.words(record, column.name, user), state)
        for column in ledger.shown_columns
    ]
    return Row(record, ledger.url("detail", record), cells)


def as_json(request: HttpRequest, ledger: Ledger[Any]) -> JsonResponse:
    """The rows as a program reads them: every field, numbers as numbers."""
    user = person_of(request)
    found = in_order(ledger, narrowed(ledger, user, request.GET).qs, request)
    page = page_of(ledger, found, request, JSON_PAGE)
    return JsonResponse(
        {
            "count": page.paginator.count,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "results": [json_of(ledger, record, user) for record in page],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def json_of(ledger: Ledger[Any], record: Any, user: User) -> dict[str, Any]:
    shown = {name: ledger.plain(record, name, user) for name in [*ledger.fields, *ledger.aside]}
    state = ledger.state_of(record)
    said = {"state": record.state, "state_label": state.label} if state else {}
    return {"id": str(record.pk), "url": ledger.url("detail", record), **shown, **said}
