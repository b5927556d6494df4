"""A programme as it crosses the wire: how many order frames it takes, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire.cose import sign1
from hudun.wire.frames import SHORT_FRAME, Mode, Order, Target, kid_octets

from .timetable import Programme, Signals, Timetable, build_programme, by_round

Numbers = Mapping[str, int]
Steps = tuple[tuple[int, int], ...]

_LONGEST_LEAD_S = 180 * 86_400
_ANY_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))  # the size of a frame is no secret


def steps_of(programme: Programme, numbers: Numbers) -> Steps:
    """(signal number, seconds after the first signal) as an order carries them."""
    return tuple((numbers[one.signal], one.at - programme[0].at) for one in programme)


def pack(timetable: Timetable, signals: Signals, numbers: Numbers) -> list[Programme]:
    """The programme in as few orders as its rounds allow, each of one short frame.

    One order where everything fits, else one per round; a round too long for a frame is cut
    between signals.
    """
    whole = build_programme(timetable, signals)
    if fits(steps_of(whole, numbers)):
        return [whole]
    rounds = by_round(timetable, signals)
    return [part for round_ in rounds for part in _cut(round_, numbers)]


def fits(steps: Steps) -> bool:
    return largest_frame(steps) <= SHORT_FRAME


def largest_frame(steps: Steps) -> int:
    """Octets of the order with these steps when every number in it is as long as it may get."""
    order = Order(
        issuer=999_999, roster=0xFFFF, counter=0xFFFFFFFF, issued=0xFFFFFFFF,
        life=_LONGEST_LEAD_S, mode=Mode.TRIAL, start=_LONGEST_LEAD_S, programme=steps,
        target=Target(list_number=0xFFFF),
    )  # fmt: skip
    return len(sign1(order.encode(), kid_octets(0xFFFF), _ANY_KEY))


def _cut(programme: Programme, numbers: Numbers) -> Iterable[Programme]:
    part: Programme = ()
    for one in programme:
        if part and not fits(steps_of((*part, one), numbers)):
            yield part
            part = ()
        part = (*part, one)
    if part:
        yield part
