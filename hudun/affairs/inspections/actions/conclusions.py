"""What follows from a visit once it is stored, in the same transaction."""

from hudun.affairs.inspections.models import Visit
from hudun.core.action import Act


def conclude(act: Act, visit: Visit) -> None:
    act.emit(
        "inspections.visit_received",
        {"visit": visit.pk, "plate": visit.plate_id, "failures": visit.failures},
    )
