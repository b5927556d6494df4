"""What holds for every ledger that is registered: rights, isolation, constant queries, the round
trip through Excel, and pages that a screen reader can follow."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib import import_module
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from hudun.core.journal.models import JournalLine
from hudun.core.ledger.ledger import Ledger, ledgers
from hudun.core.ledger.testing import make, somebody, typed
from hudun.core.organ import Organ, User
from hudun.core.testing import Cast

import_module(settings.ROOT_URLCONF)
WRITABLE = sorted(slug for slug, ledger in ledgers.items() if ledger.takes_sheets)
PEOPLE = ("li", "zhang", "zhou", "wang", "zhao", "xiguan", "anguan")
READ_ONLY_PAGES = ("list", "print", "json", "export")

pytestmark = pytest.mark.django_db


class Bench:
    """A ledger with a clerk, a reader and a stranger before it."""

    def __init__(self, ledger: Ledger[Any], cast: Cast) -> None:
        self.ledger, self.cast = ledger, cast
        self.site: Organ = cast.stage.pozijie
        people = (getattr(cast, name) for name in PEOPLE)
        self.clerk = somebody(ledger, people, cast.stage.tianxin)
        self.stranger: User = cast.qian
        self.made = 0

    def make(self, count: int = 1) -> list[Any]:
        found = []
        for _ in range(count):
            self.made += 1
            found.append(make(self.ledger, self.clerk, self.site, self.made))
        return found

    def typed(self, number: int) -> dict[str, Any]:
        return typed(self.ledger, self.clerk, self.site, number)

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    def readers(self) -> Iterator[User]:
        """Colleagues who see the district but may not write."""
        assert self.ledger.create is not None
        for name in ("wang", "shenji", "zhou", "zhang"):
            user: User = getattr(self.cast, name)
            if not user.has_any_role(*self.ledger.create.roles):
                yield user


@pytest.fixture(params=WRITABLE)
def bench(request: pytest.FixtureRequest, cast: Cast) -> Bench:
    return Bench(ledgers[request.param], cast)


def test_list_shows_what_was_made(bench: Bench) -> None:
    record = bench.make()[0]
    page = bench.client(bench.clerk).get(bench.ledger.url("list"))
    assert page.status_code == 200
    assert bench.ledger.url("detail", record) in page.content.decode()


def test_stranger_sees_no_row(bench: Bench) -> None:
    record = bench.make()[0]
    client = bench.client(bench.stranger)
    for name in READ_ONLY_PAGES:
        page = client.get(bench.ledger.url(name))
        assert page.status_code == 200, name
        assert str(record.pk) not in page.content.decode(errors="replace"), name


def test_stranger_finds_no_page(bench: Bench) -> None:
    record = bench.make()[0]
    client = bench.client(bench.stranger)
    assert client.get(bench.ledger.url("detail", record)).status_code == 404
    assert client.get(bench.ledger.url("qr", record)).status_code == 404
    assert client.get(bench.ledger.url("edit", record)).status_code in (403, 404)
    assert client.post(bench.ledger.url("edit", record), {}).status_code in (403, 404)


def test_nobody_gets_in_without_logging_in(bench: Bench) -> None:
    record = bench.make()[0]
    assert Client().get(bench.ledger.url("detail", record)).status_code == 302
    assert Client().post(bench.ledger.url("create"), bench.typed(7)).status_code == 401


def test_reader_may_not_write(bench: Bench) -> None:
    record = bench.make()[0]
    lines = JournalLine.objects.count()
    for reader in bench.readers():
        client = bench.client(reader)
        assert client.post(bench.ledger.url("create"), bench.typed(7)).status_code == 403
        assert client.post(bench.ledger.url("edit", record), bench.typed(7)).status_code == 403
        assert client.get(bench.ledger.url("import")).status_code == 403
        assert client.get(bench.ledger.url("create")).status_code == 403
    assert JournalLine.objects.count() == lines


@pytest.mark.parametrize("name", ["list", "export", "json", "print"])
def test_reading_pages_take_no_post(bench: Bench, name: str) -> None:
    answer = bench.client(bench.clerk).post(bench.ledger.url(name))
    assert answer.status_code == 405
    assert "405.0" in answer.content.decode()


def test_create_by_form_writes_a_journal_line(bench: Bench) -> None:
    answer = bench.client(bench.clerk).post(bench.ledger.url("create"), bench.typed(3))
    assert answer.status_code == 302, answer.content.decode()
    pk = answer["Location"].rstrip("/").rpartition("/")[2]
    line = JournalLine.objects.get(object_id=pk)
    assert bench.ledger.create is not None
    assert (line.verb, line.person) == (bench.ledger.create.verb, bench.clerk)


def test_refused_form_keeps_what_was_typed(bench: Bench) -> None:
    data = {**bench.typed(3), bench.ledger.key: ""}
    answer = bench.client(bench.clerk).post(bench.ledger.url("create"), data)
    assert answer.status_code == 422
    assert str(data[bench.ledger.title]) in answer.content.decode()


def test_key_twice_is_refused_with_what_is_typed(bench: Bench) -> None:
    record = bench.make()[0]
    data = {**bench.typed(9), bench.ledger.key: getattr(record, bench.ledger.key)}
    answer = bench.client(bench.clerk).post(bench.ledger.url("create"), data)
    assert answer.status_code in (409, 422)
    assert str(data[bench.ledger.title]) in answer.content.decode()


def test_edit_overtaken_is_shown_before_it_is_saved(bench: Bench) -> None:
    record = bench.make()[0]
    client, url = bench.client(bench.clerk), bench.ledger.url("edit", record)
    version = client.get(url).context["version"]
    data = {**bench.typed(1), "version": version}
    first = {**data, bench.ledger.title: "先改的"}
    assert client.post(url, first).status_code == 302
    answer = client.post(url, {**data, bench.ledger.title: "后改的"})
    assert answer.status_code == 409
    assert "后改的" in answer.content.decode()
    record.refresh_from_db()
    assert getattr(record, bench.ledger.title) == "先改的"


def queries(get: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert get().status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["list", "json", "print", "export", "points"])
def test_queries_do_not_grow_with_rows(bench: Bench, name: str) -> None:
    if name == "points" and not bench.ledger.place:
        pytest.skip("not placed")
    client, url = bench.client(bench.clerk), bench.ledger.url(name)
    bench.make(2)
    few = queries(lambda: client.get(url))
    bench.make(8)
    assert queries(lambda: client.get(url)) <= few
    assert few <= 20


def exported(client: Client, ledger: Ledger[Any]) -> bytes:
    content: bytes = client.get(ledger.url("export")).content
    return content


def upload(client: Client, ledger: Ledger[Any], body: bytes) -> Any:
    file = BytesIO(body)
    file.name = "台账.xlsx"
    return client.post(ledger.url("import"), {"file": file}, follow=True)


def test_export_comes_back_in_unchanged(bench: Bench) -> None:
    bench.make(4)
    client = bench.client(bench.clerk)
    lines = JournalLine.objects.count()
    page = upload(client, bench.ledger, exported(client, bench.ledger))
    rows = bench.ledger.rows(bench.clerk).count()
    assert page.context["outcome"].counts == {"new": 0, "change": 0, "same": rows, "bad": 0}
    assert JournalLine.objects.count() == lines


def test_export_makes_the_same_records_elsewhere(bench: Bench) -> None:
    """With other keys the sheet makes new records; the second time it makes none."""
    bench.make(2)
    rows = bench.ledger.rows(bench.clerk).count()
    client = bench.client(bench.clerk)
    body = renumbered(exported(client, bench.ledger), bench.ledger, 100)
    page = upload(client, bench.ledger, body)
    assert page.context["outcome"].counts["new"] == rows, page.context["outcome"].rows
    before = bench.ledger.model._default_manager.count()
    client.post(page.redirect_chain[-1][0], {"keep": "all"})
    assert bench.ledger.model._default_manager.count() == before + rows
    again = upload(client, bench.ledger, body)
    assert again.context["outcome"].counts == {"new": 0, "change": 0, "same": rows, "bad": 0}


def renumbered(body: bytes, ledger: Ledger[Any], by: int) -> bytes:
    book = load_workbook(BytesIO(body))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(ledger.label(ledger.key)) + 1
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, column)
        cell.value = re.sub(r"\d*$", lambda n: str(int(n[0] or 0) + by), str(cell.value), count=1)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


class Outline(HTMLParser):
    """What a screen reader goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.images: list[dict[str, str | None]] = []
        self.mains = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.ids += [said["id"] or ""] if "id" in said else []
        match tag:
            case "html":
                self.lang = said.get("lang") or ""
            case "main":
                self.mains += 1
            case "h1" | "h2" | "h3" | "h4":
                self.headings.append(int(tag[1]))
            case "label":
                self.labelled.add(said.get("for") or "")
            case "input" | "select" | "textarea" if said.get("type") != "hidden":
                self.inputs.append(said)
            case "img":
                self.images.append(said)


@pytest.mark.parametrize("name", ["list", "detail", "create", "edit", "import", "map"])
def test_page_can_be_read_aloud(bench: Bench, name: str) -> None:
    if name == "map" and not bench.ledger.place:
        pytest.skip("not placed")
    record = bench.make()[0]
    url = bench.ledger.url(name, record if name in ("detail", "edit") else None)
    outline = Outline()
    outline.feed(bench.client(bench.clerk).get(url).content.decode())
    assert outline.lang == "zh-Hans-CN"
    assert outline.mains == 1
    assert outline.headings.count(1) == 1
    unnamed = [i for i in outline.inputs if i.get("id") not in outline.labelled]
    assert not [i for i in unnamed if not (i.get("aria-label") or i.get("aria-labelledby"))]
    assert all("alt" in image for image in outline.images)
    assert len(outline.ids) == len(set(outline.ids)), "an id stands twice"


def test_page_has_nothing_inline(bench: Bench) -> None:
    """The content security policy allows no inline script and no inline style."""
    record = bench.make()[0]
    client = bench.client(bench.clerk)
    for name in ("list", "detail", "edit", "print"):
        page = client.get(bench.ledger.url(name, record if name in ("detail", "edit") else None))
        text = page.content.decode()
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<style" not in text
        assert "<script>" not in text
        assert "unsafe" not in page["Content-Security-Policy"]
