"""Who sees what, over every ledger and every page of a record: the street its own, the property
company its own, the neighbouring district nothing. One world with two shelters in it, and about
each of them all that an office has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as project
from django.db.models import Model
from django.test import Client
from django.urls import URLResolver, get_resolver
from openpyxl import load_workbook
from PIL import Image

from hudun.affairs.funds import actions as funds
from hudun.affairs.inspections import actions as inspections
from hudun.affairs.inspections.models import Campaign, Hazard
from hudun.affairs.inspections.testing import make_package
from hudun.affairs.tipoffs.actions import receive
from hudun.affairs.works import actions as works
from hudun.assets.shelters import actions as shelters
from hudun.assets.shelters.models import Shelter
from hudun.assets.shelters.models.choices import System
from hudun.core import clock
from hudun.core.action import Actor, actions
from hudun.core.attachment.models import Attachment
from hudun.core.ledger.ledger import Ledger, ledgers
from hudun.core.organ import Organ, Role, User
from hudun.core.paper.models import IssuedPaper
from hudun.core.plate import Plate
from hudun.core.testing import Cast, make_person
from hudun.office.actions import found_unit
from hudun.office.models import Nature

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
import_module(project.ROOT_URLCONF)

PLACES = ("files", "papers", "plates", "field", "inspections", "shelters", "works", "funds")
APPS = ("shelters", "inspections", "works", "tipoffs", "funds")
LEDGERS = [one for _slug, one in sorted(ledgers.items()) if one.model._meta.app_label in APPS]
IN_MAY, AFTER = datetime(2026, 5, 6, 2, tzinfo=UTC), datetime(2027, 1, 11, 2, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
PEOPLE = ("street", "company", "neighbour")


PLACE: dict[str, Any] = {"source_datum": "CGCS2000", "source_lon": 112.97, "source_lat": 28.18}


@dataclass(frozen=True)
class World:
    cast: Cast
    company: User
    theirs: Plate
    """Kept by the company, outside the street."""
    campaign: Campaign
    """Of the whole district; the street's inspector is in a team."""

    @property
    def people(self) -> dict[str, User]:
        return {"street": self.cast.zhao, "company": self.company, "neighbour": self.cast.qian}

    def sees(self, who: str, record: Any) -> bool:
        if who == "neighbour":
            return False
        if record == self.campaign:
            return who == "street"
        if who == "street":
            return str(record.organ.path).startswith(self.cast.stage.pozijie.path)
        shelter = record if isinstance(record, Shelter) else getattr(record, "shelter", None)
        plate = getattr(record, "plate", None) or (shelter and Plate.objects.of(shelter).get())
        of_register = record._meta.app_label in ("shelters", "inspections")
        return of_register and plate == self.theirs

    def client(self, who: str) -> Client:
        client = Client()
        user = self.people[who]
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client


def photo() -> bytes:
    out = BytesIO()
    Image.effect_noise((64, 48), 60).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def after_the_year() -> Iterator[None]:
    with clock.frozen(AFTER):
        yield


@pytest.fixture
def world(cast: Cast, settings: Any, tmp_path: Path) -> World:
    settings.FILES_DIR = tmp_path
    clerk, site = cast.actor("zhang"), cast.stage.chengnanlu
    unit = found_unit(clerk, site, name="安居物业有限公司", nature=Nature.PROPERTY)
    here = register(cast, cast.stage.pozijie, "甲-01", "别家物业")
    there = register(cast, cast.stage.baishajing, "乙-02", unit.name)
    money(cast)
    campaign = begin_campaign(cast)
    inspections.make_upkeep_plan(clerk, cast.stage.tianxin, 2027)
    for plate in (here, there):
        history(cast, plate)
    inspections.rate_period(clerk, cast.stage.tianxin, *YEAR)
    company = make_person("sun", "孙物业", unit.node, Role.KEEPER)
    return World(cast, company, there, campaign)


def register(cast: Cast, organ: Organ, number: str, keeper: str) -> Plate:
    clerk = cast.actor("zhang")
    made = shelters.register_shelter(
        clerk, organ, number=number, name=f"{number}号工程", kind="basement", built_m2=900.0,
        maintainer_name=keeper, **PLACE,
    )  # fmt: skip
    shelters.add_unit(clerk, organ, shelter=made, number="1")
    shelters.add_opening(clerk, organ, shelter=made, number="1", kind="main", **PLACE)
    shelters.add_equipment(
        clerk, organ, shelter=made, number="1", system=System.values[1], name="电机"
    )
    works.open_work(
        clerk, organ, number=f"X{number}", name=f"{number}在建", kind="basement", **PLACE
    )
    return Plate.objects.of(made).get()


def money(cast: Cast) -> None:
    line = funds.make_budget_line(
        cast.actor("zhang"), cast.stage.tianxin, code="RF", name="维护", year=2026, amount_fen=9,
    )  # fmt: skip
    funds.propose_payment(
        cast.actor("zhang"), cast.stage.tianxin, budget=line, payee="甲", purpose="补助",
        amount_fen=1,
    )  # fmt: skip


def begin_campaign(cast: Cast) -> Campaign:
    made = inspections.make_campaign(
        cast.actor("zhang"), cast.stage.tianxin, name="巡查", kind="patrol",
        template_slug="shelter-patrol", opens_on=YEAR[0], closes_on=YEAR[1],
    )  # fmt: skip
    inspections.set_team(cast.actor("zhang"), made, "第一组", [cast.zhao])
    return inspections.draw_campaign(cast.actor("zhang"), made)


def history(cast: Cast, plate: Plate) -> None:
    """A visit with a photo and a hazard, a notice, a bulletin, a test, a report of the public."""
    inspector, shot = cast.actor("li"), photo()
    said: dict[str, Any] = {"fail": ["no_leak"], "photos": {"no_leak": [shot]}}
    package = make_package(plate, "shelter-patrol", finished=IN_MAY, **said)
    visit = inspections.receive_visit(inspector, plate, package)
    inspections.receive_photo(inspector, visit, visit.promised.get().pk, shot)
    hazard = Hazard.objects.of_plate(plate).get()
    inspections.issue_notice(cast.actor("zhang"), plate, [hazard])
    inspections.record_test(
        cast.actor("zhang"), plate.organ, plate, unit="检测", accreditation="湘 1",
        report_no=plate.code, tested_on=YEAR[0], valid_until=YEAR[1], result="good",
    )  # fmt: skip
    somebody = Actor.system(plate.organ, "外网").because("群众扫码反映")
    receive(somebody, plate, text="积水", origin=plate.code)


def records(ledger: Ledger[Any]) -> list[Any]:
    return list(ledger.model._default_manager.select_related("organ"))


def rows_of(client: Client, ledger: Ledger[Any], name: str) -> int:
    """How many rows the page has, by its own reckoning."""
    answer = client.get(ledger.url(name))
    assert answer.status_code == 200, (ledger.slug, name)
    if name == "export":
        sheet = load_workbook(BytesIO(answer.content), read_only=True).worksheets[0]
        return sum(1 for _row in sheet.iter_rows()) - 1
    if name == "print":
        return answer.text.count("<tr") - 1
    if name == "json":
        return len(answer.json()["results"])
    if name == "points":
        return len(answer.json()["features"])
    return len(set(re.findall(rf'href="({ledger.url("list")}[0-9a-f-]{{36}}/)"', answer.text)))


@pytest.mark.parametrize("who", PEOPLE)
def test_each_ledger_shows_what_is_ones_own(world: World, who: str) -> None:
    client, user = world.client(who), world.people[who]
    for ledger in LEDGERS:
        found = records(ledger)
        assert found, f"the world has no {ledger.noun}"
        own = [record for record in found if world.sees(who, record)]
        if not ledger.open_to(user):
            assert client.get(ledger.url("list")).status_code == 403
            continue
        for name in ("json", "export", "print", "list", *(["points"] if ledger.place else [])):
            there = [r for r in own if name != "points" or r.lon is not None]
            shown = rows_of(client, ledger, name)
            assert shown == min(len(there), 50 if name == "list" else 500), (ledger.slug, name)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_record_opens_for_its_own_people(world: World, who: str) -> None:
    client, user = world.client(who), world.people[who]
    for ledger in LEDGERS:
        opens = ledger.open_to(user)
        for record in records(ledger)[:6]:
            own = world.sees(who, record)
            expected = (200 if own else 404) if opens else 403
            for name in ("detail", "qr"):
                url = ledger.url(name, record)
                assert client.get(url).status_code == expected, (ledger.slug, name, own)
            if not own:
                foreign(client, ledger, record)


def foreign(client: Client, ledger: Ledger[Any], record: Any) -> None:
    """What is not one's own is neither edited nor moved."""
    if ledger.edit:
        assert client.post(ledger.url("edit", record), {}).status_code in (403, 404)
    of_flow = [a for a in actions.values() if a.moves and a.moves.flow is ledger.flow]
    for action in [*of_flow, *ledger.verbs]:
        url = ledger.url("act", record, verb=action.verb.rpartition(".")[2])
        assert client.post(url, {}).status_code in (403, 404), url


def patterns(under: URLResolver, before: str = "") -> Iterator[str]:
    """Addresses that take a record and are not a ledger's own."""
    own = tuple(f"{slug}-" for slug in ledgers)
    for part in under.url_patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from patterns(part, route)
        elif "<uuid:pk>" in route and not (part.name or "").startswith(own):
            yield route


def one_of_each() -> list[Model]:
    """Of every model of the office that lies in an organ."""
    found = []
    for model in apps.get_models():
        kept = model._meta.app_label in (*APPS, "core")
        if kept and any(field.name == "organ" for field in model._meta.fields):
            found += list(model._default_manager.filter(organ__path__startswith="/43/")[:1])
    return found


def test_no_page_of_the_product_opens_to_a_neighbour(world: World) -> None:
    """Every address that takes a record, asked for one of each kind."""
    client, asked = world.client("neighbour"), 0
    keys = {str(record.pk) for record in one_of_each()}
    for route in patterns(get_resolver()):
        rest = route.replace("<slug:verb>", "x").replace("<slug:key>", "person")
        if "<" in rest.replace("<uuid:pk>", "") or not rest.startswith(PLACES):
            continue
        for key in keys:
            status = client.get("/" + rest.replace("<uuid:pk>", key)).status_code
            assert status in (400, 403, 404, 405), (route, status)
            asked += 1
    assert asked > 100


def test_photos_and_papers_are_seen_by_whose_they_are(world: World) -> None:
    addresses = [(a.about_id, f"/files/{a.pk}/") for a in Attachment.objects.all()]
    addresses += [(p.about_id, f"/papers/{p.pk}.pdf") for p in IssuedPaper.objects.all()]
    assert len(addresses) == 4
    for who in PEOPLE:
        answers = [world.client(who).get(url).status_code for _about, url in addresses]
        assert sorted(answers) == ([404] * 4 if who == "neighbour" else [200, 200, 404, 404]), who
