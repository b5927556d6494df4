"""What is written into a terminal before it is mounted beside its siren."""

from collections.abc import Iterable, Mapping
from datetime import time
from types import MappingProxyType

from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.wire.signals import PATTERNS
from hudun.wire.terminal import IssuerTrust, Provision

from .issuers import issuer_of
from .models import Issuer
from .rulebook import signals, sounding_rules
from .timetable_json import signals_from_json

Trusts = Mapping[int, IssuerTrust]
NOBODY: Trusts = MappingProxyType({})


def provision_of(siren: Siren, upper: Trusts = NOBODY) -> Provision:
    """By the rules of today. The office that orders it is its home; the city's comes second:
    ``upper``, or where the city has been set up as an issuer here."""
    home, today = issuer_of(siren.office), clock.today()
    rules, known = sounding_rules(siren.office, today), signals(siren.office, today)
    own = {known[name]["number"]: one for name, one in signals_from_json(known).items()}
    return Provision(
        siren=siren.number,
        groups=frozenset(siren.groups.values_list("number", flat=True)),
        issuers={**_trusts((home, *_above(home))), **upper},
        patterns={**PATTERNS, **own},
        trial_notice_s=rules.trial_notice_s,
        trial_from_s=_seconds(rules.trial_from),
        trial_until_s=_seconds(rules.trial_until),
        test_button_s=rules.test_button_s,
        arm_window_s=rules.arm_window_s,
        late_s=rules.late_s,
        health_s=rules.health_every_s,
    )


def _trusts(issuers: Iterable[Issuer]) -> Trusts:
    return {issuer.number: IssuerTrust(issuer.roots) for issuer in issuers}


def _above(home: Issuer) -> list[Issuer]:
    higher = [path for path in home.organ.paths_above() if path != home.organ.path]
    return list(Issuer.objects.filter(organ__path__in=higher).order_by("-organ__depth"))


def _seconds(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
