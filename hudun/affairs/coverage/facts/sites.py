"""How many sites are under way, and how many became sirens."""

from datetime import date

from hudun.affairs.coverage.models import Site
from hudun.core.fact import Value, fact
from hudun.core.organ import Organ

LIST = "/coverage/sites/"


@fact("coverage.sites_open", label="办理中的警报器选址", unit="处")
def under_way(organ: Organ) -> Value:
    return Value.count(Site.objects.under(organ).open(), LIST)


@fact("coverage.sites_filed", label="新装并建档的警报器", unit="台")
def filed(organ: Organ, *, first: date, last: date) -> Value:
    """By the day of commissioning."""
    sites = Site.objects.under(organ).filed_between(first, last)
    return Value.count(sites, f"{LIST}?state=filed")
