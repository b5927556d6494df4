"""One round: an office with N shelters in a database of its own; prints JSON.

A process for itself, because Django knows one database and a figure should start from nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.ledger.names import LISTS, MAPS

if TYPE_CHECKING:
    from django.test import Client

    from benchmarks.ledger.floor import Office

FEW = 3_000  # rows with which queries are counted first; more than a map draws one by one
BARE = """<table>{% for r in page %}<tr><td>{{ r.number }}</td><td>{{ r.name }}</td>
<td>{{ r.get_category_display }}</td><td>{{ r.get_kind_display }}</td><td>{{ r.street }}</td>
<td>{{ r.community }}</td><td>{{ r.grade }}</td><td>{{ r.get_peace_use_display }}</td>
<td>{{ r.built_m2|default:"" }}</td><td>{{ r.capacity|default:"" }}</td>
<td>{{ r.maintainer_name }}</td><td>{{ r.get_state_display }}</td></tr>{% endfor %}</table>
{{ page.paginator.count }}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--imported", type=int, default=None, help="rows of the sheet, not all")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hudun-bench-") as directory:
        os.environ["HUDUN_VAR"] = directory
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hudun.settings")
        import django

        django.setup()
        print(json.dumps(_round(asked)), flush=True)


def _round(asked: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.ledger.floor import fill, office

    made = office()
    imported = _import(made, asked.imported)
    client = made.client()
    fill(made, range(FEW))
    few = {name: queries(client, url) for name, url in _urls(made, FEW).items()}
    fill(made, range(FEW, asked.rows))
    urls = _urls(made, asked.rows)
    many = {name: queries(client, url) for name, url in urls.items()}
    return {
        "n": asked.rows,
        "seconds": {
            name: timed(partial(client.get, url), asked.times) for name, url in urls.items()
        },
        "queries": many,
        "more_queries": {name: [few[name], many[name]] for name in many if many[name] > few[name]},
        "peer": timed(lambda: _bare(made), asked.times),
        "export": timed(lambda: client.get("/shelters/export.xlsx"), 1)[0],
        "imported": imported,
    }


def _urls(made: Office, rows: int) -> dict[str, str]:
    words = {"street": made.streets["B"].pk, "last": max(1, rows // 50 - 1)}
    asked = {**LISTS, **MAPS}
    return {name: f"/shelters/{query.format(**words)}" for name, query in asked.items()}


def queries(client: Client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return len(seen)


def timed(work: Callable[[], Any], times: int) -> list[float]:
    """Seconds, shortest first."""
    took = []
    for _ in range(times):
        begun = perf_counter()
        work()
        took.append(perf_counter() - begun)
    return sorted(took)


def _bare(made: Office) -> str:
    """The peer: the same rows by Django's paginator and a template with nothing around it."""
    from django.core.paginator import Paginator
    from django.template import engines

    from hudun.assets.shelters.models import Shelter

    rows = Shelter.objects.under(made.cast.stage.tianxin).select_related("organ__parent")
    page = Paginator(rows.order_by("number", "pk"), 50).get_page(1)
    return engines["django"].from_string(BARE).render({"page": page})


def _import(made: Office, limit: int | None) -> dict[str, Any]:
    """A clerk's sheet, as the page takes it: read, planned, carried out by the action."""
    from hudun.assets.shelters.ledger import ShelterLedger
    from hudun.assets.shelters.models import Shelter
    from hudun.assets.shelters.testing import rows, workbook
    from hudun.core.action import Actor
    from hudun.core.journal.models import JournalLine
    from hudun.core.journal.verify import verify
    from hudun.core.ledger.importing import carry_out, take_up
    from hudun.core.ledger.ledger import ledgers

    found = rows(limit)
    body = workbook(found)
    ledger = ledgers[ShelterLedger.slug]
    begun = perf_counter()
    draft = take_up(ledger, made.clerk, BytesIO(body), len(body), "x.xlsx")
    done = carry_out(ledger, Actor(made.clerk, "web"), draft, keep_good=False)
    took = perf_counter() - begun
    lines = JournalLine.objects.filter(verb="shelters.register").count()
    assert done.counts["new"] == lines == Shelter.objects.count() == len(found)
    assert not verify(), "the journal's chain is broken"
    unknown = Shelter.objects.capacity_unknown().count(), Shelter.objects.unplaced().count()
    return {"rows": len(found), "seconds": took, "unknown": unknown}


if __name__ == "__main__":
    main()
