"""Orders that wait for a signature."""

from typing import Any

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Order, Plan
from hudun.affairs.soundings.testing import Office
from hudun.core.error import Problem
from hudun.wire.frames import Mode


def refused(number: str) -> Any:
    return pytest.raises(Problem, match=rf"^{number} ")


def drafted(office: Office, mode: Mode = Mode.LIVE, **changes: Any) -> Order:
    settings: dict[str, Any] = {"signal": "空袭", "purpose": "检验", "target_kind": "all"} | changes
    return actions.draft_immediate(
        office.cast.actor("wang"), office.issuer.organ, mode=mode, **settings
    )


def approved(office: Office, **changes: object) -> Plan:
    return actions.approve_plan(office.cast.actor("zhou"), office.plan(**changes))
