"""How long a site may stay in each state: the office's own rule, since no law says."""

from hudun.affairs.coverage.models import Site
from hudun.core import clock
from hudun.core.action import Act
from hudun.core.calendar import add_working_days
from hudun.core.deadline.watch import drop, meet, set_deadline
from hudun.core.rule import rule

TOPIC = "coverage.site"


def set_limit(act: Act, site: Site) -> None:
    """Until when the next step is due, if the rule says; a step taken meets the one before."""
    meet(act, site, TOPIC)
    today = clock.beijing(act.now).date()
    limits = rule("siting", site.organ.province, today, site.organ).value["working_days"]
    days = limits.get(site.state)
    if days is None:
        site.due_on = None
        return
    due = add_working_days(today, days, site.organ)
    site.due_on = due.date
    set_deadline(
        act, site, TOPIC, f"警报器选址（{site.shown.label}）：{site.name}", due, site.organ
    )


def drop_limit(act: Act, site: Site) -> None:
    drop(act, site, TOPIC)
    site.due_on = None
