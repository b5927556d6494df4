"""What tests with real processes let the office do: `python -m … make|immediate|stop|show`.

Each call is a process of its own and ends with one line of JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django


def main(argv: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hudun.settings")
    django.setup()
    verb, *words = argv
    print(json.dumps(VERBS[verb](*words), ensure_ascii=False))


def make(count: str, members: str) -> dict[str, str]:
    """天心区 with its people, keys and sirens; the passwords of the terminals by account."""
    from django.conf import settings

    from hudun.affairs.soundings.provisioning import provision_of
    from hudun.affairs.soundings.testing import key_for, make_office, make_siren
    from hudun.core.testing import make_cast, make_stage
    from hudun.terminal.fleet.members import Member, write_members

    Path(settings.VAR, "keys").mkdir(parents=True, exist_ok=True)
    office = make_office(make_cast(make_stage()))
    sirens = [make_siren(office, number) for number in range(1, int(count) + 1)]
    fleet = [
        Member(provision_of(siren), key_for(f"siren {siren.number}"), f"word {siren.number}")
        for siren in sirens
    ]
    write_members(Path(members), fleet)
    return {str(member.siren): member.password for member in fleet}


def immediate(signal: str = "空袭") -> dict[str, Any]:
    from hudun.wire.frames import Mode

    order = _office().immediate(Mode.LIVE, signal)
    return {"order": str(order.pk), "counter": order.counter}


def sounding() -> dict[str, Any]:
    order = _office().sounding()
    return {"order": str(order.pk), "counter": order.counter}


def stop() -> dict[str, Any]:
    return {"stop": str(_office().stop().pk)}


def show() -> dict[str, Any]:
    from hudun.affairs.soundings.models import (
        Alert,
        Order,
        Receipt,
        SirenStatus,
        StopOrder,
        Verdict,
    )
    from hudun.core import clock
    from hudun.wire.frames import State
    from hudun.wire.office import Verdict as Word

    receipts = Receipt.objects.order_by("siren", "number")
    return {
        "now": clock.now().timestamp(),
        "orders": {order.counter: order.state for order in Order.objects.all()},
        "verdicts": [
            [row.order.counter, row.siren, row.position, Word(row.verdict).name, row.reason]
            for row in Verdict.objects.select_related("order").order_by("siren", "position")
        ],
        "receipts": [
            [siren, number, counter, State(state).name]
            for siren, number, counter, state in receipts.values_list(
                "siren", "number", "counter", "state"
            )
        ],
        "heard": sorted(
            SirenStatus.objects.exclude(last_word_ms=None).values_list("siren", flat=True)
        ),
        "roster": sorted(SirenStatus.objects.exclude(roster=None).values_list("siren", flat=True)),
        "stops": [
            [stop.silent, len(stop.numbers), stop.seconds, stop.published_at is not None]
            for stop in StopOrder.objects.all()
        ],
        "alerts": [[alert.kind, alert.number] for alert in Alert.objects.all()],
    }


def _office() -> Any:
    from hudun.affairs.soundings.models import Issuer, PersonKey
    from hudun.affairs.soundings.testing import Office
    from hudun.core.organ import Organ, User
    from hudun.core.testing import Cast, Stage
    from hudun.wire.frames import Right

    people = {user.username: user for user in User.objects.all()}
    organs = {organ.code: organ for organ in Organ.objects.all()}
    codes = ("43", "4301", "430103", "430103002", "430103004", "430103004005", "41", "4111",
             "411102", "411102001")  # fmt: skip
    stage = Stage(*(organs[code] for code in codes))
    cast = Cast(stage=stage, **people)
    keys = PersonKey.objects.exclude(user=None).select_related("user")
    kids = {(key.user.username, Right(key.rights)): key.kid for key in keys if key.user}
    return Office(cast, Issuer.objects.get(), kids)


VERBS: dict[str, Callable[..., Any]] = {
    "make": make, "immediate": immediate, "sounding": sounding, "stop": stop, "show": show,
}  # fmt: skip

if __name__ == "__main__":
    main(sys.argv[1:])
