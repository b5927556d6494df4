"""What follows from a visit once it is stored, in the same transaction."""

from hudun.affairs.inspections.models import Visit
from hudun.core.action import Act

from .finding import close_all_clear, raise_from


def conclude(act: Act, visit: Visit) -> None:
    if visit.all_clear:
        close_all_clear(act, visit)
    else:
        raise_from(act, visit)
    act.emit(
        "inspections.visit_received",
        {"visit": visit.pk, "plate": visit.plate_id, "failures": visit.failures},
    )
