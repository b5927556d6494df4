"""A drill is recorded against the sheet it exercised."""

from datetime import datetime

from hudun.affairs.plans.flow import STAFF
from hudun.affairs.plans.models import CommunityRow, Drill, Version
from hudun.affairs.plans.reading import sheet_of
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Role


@action("plans.record_drill", label="登记掩蔽演练", roles=STAFF | {Role.INSPECTOR})
def record_drill(
    act: Act, version: Version, /, community: int, sounded_at: datetime, last_in_at: datetime,
    took_part: int, shelter: str = "", first_out_at: datetime | None = None,
    first_in_at: datetime | None = None, finding: str = "",
) -> Drill:  # fmt: skip
    """`community` is the position of its sheet. The planned times are copied from it."""
    row = CommunityRow.objects.of(version).filter(position=community).first()
    if row is None:
        raise Problem("404.300", edition=version.number, what=f"社区 {community}")
    _check_times(act, sounded_at, first_out_at, first_in_at, last_in_at)
    if not 1 <= took_part <= 1_000_000:
        raise Problem("422.303", label="参加人数", why="1 到 1000000")
    walks = [to for one in sheet_of(version, community)["rows"] for to in one["to"]]
    drill = Drill(
        organ=version.organ, version=version, community=row.name, position=community,
        shelter=shelter.strip()[:120], sounded_at=sounded_at, first_out_at=first_out_at,
        first_in_at=first_in_at, last_in_at=last_in_at, took_part=took_part,
        planned_people=row.people, planned_last_min=row.inside_min,
        planned_first_min=min((to["first_min"] for to in walks), default=None),
        finding=finding.strip()[:500], recorded_at=act.now, recorded_by=act.actor.user,
    )  # fmt: skip
    drill.save(force_insert=True)
    return drill


def _check_times(
    act: Act, sounded: datetime, out: datetime | None, first: datetime | None, last: datetime
) -> None:
    order = [moment for moment in (sounded, out, first, last) if moment is not None]
    if order != sorted(order):
        why = "应为发令、出门、到口部、全部进入"
        raise Problem("422.307", why=why, fields={"last_in_at": why})
    if last > act.now:
        raise Problem("422.307", why="结束晚于现在", fields={"last_in_at": "晚于现在"})
