"""Which orders a siren obeys, and why it refuses the others."""

from __future__ import annotations

from hudun.wire.frames import Reason
from hudun.wire.tests.cast import NOON, People, Siren


def reasons(siren: Siren) -> list[Reason]:
    return [Reason(r.evidence) for r in siren.receipts if r.state.name == "REFUSED"]


def test_order_and_release_sound_in_either_sequence() -> None:
    office = People()
    order = office.order()
    for frames in ((order, office.release(order)), (office.release(order), order)):
        siren = Siren(office)
        siren.hear(*frames, at=NOON + 25)
        assert siren.told == ["ACCEPTED"]
        assert not siren.on(NOON + 29) and siren.on(NOON + 30) and not siren.on(NOON + 36.5)


def test_an_order_alone_does_nothing() -> None:
    office = People()
    siren = Siren(office)
    siren.hear(office.order(), at=NOON + 25)
    assert siren.told == [] and not siren.on(NOON + 30)
