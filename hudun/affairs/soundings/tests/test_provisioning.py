"""What is written into a terminal, and the roster that is carried to the root key."""

import json

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Issuer
from hudun.affairs.soundings.provisioning import provision_of
from hudun.affairs.soundings.roster import next_roster, roster_json
from hudun.affairs.soundings.testing import LIVE, Office, key_for, make_siren
from hudun.assets.sirens.models import SirenGroup
from hudun.core import clock
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
