"""Where a frame is published. QoS 1, never retained, clean session.

``office`` is the issuer's division code. A terminal subscribes to ``subscriptions`` for each of
its issuers and may publish under its own ``up`` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hudun.wire.frames import Target

_UP = re.compile(r"hudun/(\d+)/t/(\d+)/up")


@dataclass(frozen=True, slots=True)
class Topic:
    """Down: to one siren, to one group, or (neither) to all."""

    siren: int | None = None
    group: int | None = None

    def of(self, office: int) -> str:
        if self.siren is not None:
            return down(office, self.siren)
        if self.group is not None:
            return to_group(office, self.group)
        return to_all(office)


ALL = Topic()


def to_all(office: int) -> str:
    return f"hudun/{office}/all"


def to_group(office: int, group: int) -> str:
    return f"hudun/{office}/g/{group}"


def down(office: int, siren: int) -> str:
    return f"hudun/{office}/t/{siren}/down"


def up(office: int, siren: int) -> str:
    return f"hudun/{office}/t/{siren}/up"


def any_up(office: int) -> str:
    """What the dispatch of an office subscribes to."""
    return f"hudun/{office}/t/+/up"


def siren_of(topic: str, office: int) -> int | None:
    """The siren under whose ``up`` topic a message came; None when it is no such topic."""
    match = _UP.fullmatch(topic)
    return int(match[2]) if match and int(match[1]) == office else None


def subscriptions(office: int, siren: int, groups: Iterable[int]) -> list[str]:
    own = [to_all(office), down(office, siren)]
    return own + [to_group(office, group) for group in sorted(groups)]


def for_target(target: Target, sirens: Iterable[int]) -> list[Topic]:
    """The topics that reach ``target``: one shared topic, or each siren's own."""
    if target.sirens or target.list_number is not None:
        return [Topic(siren=siren) for siren in sirens]
    return [Topic(group=target.group)] if target.group else [ALL]
