"""What is written into a terminal, and the roster that is carried to the root key."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Issuer
from hudun.affairs.soundings.provisioning import provision_of
from hudun.affairs.soundings.roster import next_roster, roster_json
from hudun.affairs.soundings.testing import LIVE, Office, key_for, make_siren
from hudun.assets.sirens.models import Siren, SirenGroup
from hudun.core import clock
from hudun.runtime.broker import dispatcher
from hudun.runtime.broker.access import Access
from hudun.runtime.keys import to_text
from hudun.runtime.keys_cli.listing import read_draft
from hudun.wire.signals import NATIONAL
from hudun.wire.terminal import Provision

pytestmark = pytest.mark.django_db


def test_a_terminal_is_provisioned_by_the_rules(office: Office) -> None:
    siren = make_siren(office, 7)
    siren.groups.add(SirenGroup.objects.create(organ=office.issuer.organ, number=4, name="沿江"))
    provision = provision_of(siren)
    assert Provision.from_json(json.loads(json.dumps(provision.to_json()))) == provision
    assert (provision.siren, provision.groups, provision.home) == (7, frozenset({4}), 430103)
    assert provision.issuers[430103].roots == office.issuer.roots
    assert (provision.trial_from_s, provision.trial_until_s) == (7 * 3600, 21 * 3600)
    assert {n: provision.patterns[n] for n in NATIONAL} == NATIONAL
    assert provision.health_s == 60


def test_a_terminal_obeys_its_city_too_where_the_city_is_an_issuer(office: Office) -> None:
    city = office.cast.stage.changsha
    roots = [key_for(f"city {n}").public_key().public_bytes_raw() for n in (0, 1)]
    Issuer.objects.create(organ=city, number=430100, root_a=roots[0], root_b=roots[1])
    provision = provision_of(make_siren(office, 7))
    assert list(provision.issuers) == [430103, 430100]


def test_the_exported_roster_is_a_draft_that_the_root_s_tool_reads(office: Office) -> None:
    actions.request_key(
        office.cast.actor("wang"), office.issuer.organ, public=b"s" * 32, rights=LIVE
    )
    wanted = next_roster(office.issuer, clock.now())
    drafted, names = read_draft(roster_json(office.issuer, wanted))
    assert drafted == wanted
    assert names[0] == "值班台"
    assert "王值班" in names.values()


def export(folder: Path, *words: Any, **options: Any) -> None:
    call_command("provision_terminals", str(folder), *words, **options)


def test_all_that_a_terminal_is_mounted_with_is_exported(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (3, 7):
        make_siren(office, number)
    make_siren(office, 9, by_hand=True)
    folder = tmp_path / "mount"
    export(folder)
    assert "终端只认得本单位" in capsys.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == [
        "3", "7", "broker", dispatcher(430103)
    ]  # fmt: skip
    provision = Provision.from_json(json.loads((folder / "7" / "provision.json").read_text()))
    assert provision == provision_of(Siren.objects.get(number=7))
    newest = office.issuer.rosters.order_by("-number").first()
    assert newest is not None
    assert (folder / "7" / "roster").read_bytes() == bytes(newest.frame)
    assert not (folder / "7" / "password").stat().st_mode & 0o077


def test_the_broker_knows_the_accounts_and_a_password_stays(office: Office, tmp_path: Path) -> None:
    make_siren(office, 3)
    export(tmp_path)
    password = (tmp_path / "3" / "password").read_text()
    make_siren(office, 4)
    export(tmp_path, "--siren", "4")
    access = Access.read(tmp_path / "broker")
    assert access.admits("3", password)
    assert access.admits("4", (tmp_path / "4" / "password").read_text())
    assert access.admits(
        dispatcher(430103), (tmp_path / dispatcher(430103) / "password").read_text()
    )
    assert access.allows("3", "write", "hudun/430103/t/3/up")
    assert not access.allows("3", "write", "hudun/430103/t/4/up")


def test_the_city_s_roots_are_pinned_beside_the_district_s(office: Office, tmp_path: Path) -> None:
    make_siren(office, 3)
    roots = [to_text(key_for(f"city {n}").public_key().public_bytes_raw()) for n in (0, 1)]
    export(tmp_path, upper=["4301", *roots])
    written = json.loads((tmp_path / "3" / "provision.json").read_text())
    assert [one["number"] for one in written["issuers"]] == [430103, 4301]
    assert written["issuers"][1]["roots"] == roots
    assert Access.read(tmp_path / "broker").allows("3", "write", "hudun/4301/t/3/up")


def test_what_cannot_be_exported_is_said(office: Office, tmp_path: Path) -> None:
    make_siren(office, 3)
    with pytest.raises(CommandError, match="没有 8 号警报器"):
        export(tmp_path, "--siren", "3", "8")
    with pytest.raises(CommandError, match="根公钥"):
        export(tmp_path, upper=["4301", "abc", "def"])
    with pytest.raises(CommandError, match=r"404\.41"):
        export(tmp_path, "--office", "430104")
    Issuer.objects.update(root_a=b"", root_b=b"")
    with pytest.raises(CommandError, match=r"409\.50"):
        export(tmp_path)
    assert not list(tmp_path.glob("*/provision.json"))
