"""An office adds a day on which it works or rests otherwise than the nation."""

from datetime import date

from hudun.core.action import Act, action
from hudun.core.calendar.models import CalendarDay
from hudun.core.organ import Organ, Role


@action("calendar.set_day", label="调整日历", roles={Role.CHIEF, Role.DIRECTOR})
def set_day(_act: Act, organ: Organ, day: date, *, working: bool, note: str = "") -> CalendarDay:
    entry, _ = CalendarDay.objects.update_or_create(
        organ=organ, day=day, defaults={"working": working, "note": note}
    )
    return entry
