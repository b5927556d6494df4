"""Asking for a run, and taking that back."""

from typing import Any

from hudun.core.action import Act, Actor, action
from hudun.core.action.checks import check_rights
from hudun.core.organ import Organ

from . import errors as errors
from .flow import ASKERS, RunFlow
from .kinds import kinds
from .models import Run, new_run


def ask_run(actor: Actor, organ: Organ, *, kind: str, ask: dict[str, Any], back: str = "") -> Run:
    """`ask` is JSON. `back` is the page that shows the result."""
    if kinds[kind].quick:
        check_rights(actor, organ, frozenset(ASKERS), kinds[kind].says)
        return new_run(organ, actor.user, kind=kind, quick=True, ask=ask, back=back)
    return _ask(actor, organ, kind=kind, ask=ask, back=back)


@action("planner.ask", label="提交计算", roles=ASKERS)
def _ask(act: Act, organ: Organ, *, kind: str, ask: dict[str, Any], back: str) -> Run:
    return new_run(organ, act.actor.user, kind=kind, ask=ask, back=back)


@action("planner.cancel", moves=RunFlow.cancel)
def cancel_run(act: Act, run: Run) -> Run:
    run.finished_at = act.now
    run.save(update_fields=["finished_at"])
    return run
