"""Long reckoning, away from the pages: asked for by a row, done by `hudun planner`.

    @planned("doors.count", says="清点门")
    def count_doors(ask: dict[str, Any], desk: Desk) -> dict[str, Any]:
        desk.progress(0.5, "第 3 栋，共 6 栋")
        return {"doors": 12}

    run = ask_run(actor, organ, kind="doors.count", ask={"street": "…"}, back="/doors/")

Kinds live in each app's `runs.py`, which is read in at the start.
"""

from .actions import ask_run, cancel_run
from .desk import Cancelled, Desk
from .hold import holds_planner
from .kinds import planned
from .models import Run

__all__ = ["Cancelled", "Desk", "Run", "ask_run", "cancel_run", "holds_planner", "planned"]
