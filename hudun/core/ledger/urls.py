"""Where the pages of a ledger live."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from hudun.core.error import Problem
from hudun.core.web import person_of

from .ledger import Ledger, ledgers
from .views import acting, bulk, detail, editing, exporting, importing, listing, mapping

View = Callable[..., HttpResponseBase]

ASK = ("GET", "HEAD")
ASK_AND_SEND = ("GET", "HEAD", "POST")


def ledger_urls(kind: type[Ledger[Any]]) -> list[URLPattern]:
    ledger = ledgers[kind.slug]

    def page(route: str, view: View, name: str, methods: tuple[str, ...] = ASK) -> URLPattern:
        bound = update_wrapper(partial(_given, view, ledger), view)
        return path(route, require_http_methods(methods)(bound), name=f"{ledger.slug}-{name}")

    reading = [
        page("", listing.rows, "list"),
        page("list.json", listing.as_json, "json"),
        page("print/", exporting.printed, "print"),
        page("export.xlsx", exporting.workbook, "export"),
        page("<uuid:pk>/", detail.record, "detail"),
        page("<uuid:pk>/qr.svg", exporting.qr, "qr"),
        page("<uuid:pk>/do/<slug:verb>/", acting.act, "act", ("POST",)),
    ]
    making = [page("new/", editing.create, "create", ASK_AND_SEND)]
    changing = [
        page("<uuid:pk>/edit/", editing.edit, "edit", ASK_AND_SEND),
        page("bulk/", bulk.edit, "bulk", ("POST",)),
    ]
    uploading = [
        page("import/", importing.upload, "import", ASK_AND_SEND),
        page("import/template.xlsx", importing.template, "template"),
        page("import/<uuid:pk>/", importing.confirm, "import-draft", ASK_AND_SEND),
    ]
    placed = [
        page("map/", mapping.page, "map"),
        page("map.json", mapping.points, "points"),
    ]
    return [
        *reading,
        *(placed if ledger.place else []),
        *(making if ledger.create else []),
        *(changing if ledger.edit else []),
        *(uploading if ledger.takes_sheets else []),
    ]


def _given(
    view: View, ledger: Ledger[Any], request: HttpRequest, **kwargs: Any
) -> HttpResponseBase:
    if not ledger.open_to(person_of(request)):
        raise Problem("403.0")
    return view(request, ledger, **kwargs)
