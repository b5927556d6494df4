"""通报 to a street, with the list of what is open there."""

from hudun.affairs.inspections.models import Hazard
from hudun.affairs.inspections.papers import BULLETIN, bulletin_paper
from hudun.affairs.inspections.roles import STAFF
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.action.checks import check_rights
from hudun.core.error import Problem
from hudun.core.notice.tell import tell
from hudun.core.organ import Organ
from hudun.core.paper.issue import Composed, compose, issue
from hudun.core.paper.models import IssuedPaper
from hudun.office.letterhead import letterhead

LABEL = "印发隐患通报"


def issue_bulletin(actor: Actor, street: Organ) -> IssuedPaper:
    check_rights(actor, street, STAFF, LABEL)
    hazards = list(Hazard.objects.open().under(street).worst_first().loaded())
    if not hazards:
        raise Problem("409.124", street=street)
    head, now = letterhead(street), clock.now()
    made = compose(bulletin_paper(street, hazards, head, now), BULLETIN(head), street, now)
    return file_bulletin(actor, street, made, len(hazards))


@action("inspections.issue_bulletin", label=LABEL, roles=STAFF)
def file_bulletin(act: Act, street: Organ, made: Composed, count: int) -> IssuedPaper:
    issued = issue(act, made, made.kind, about=street)
    act.note(paper=issued.number, hazards=count)
    tell(
        act, street, f"隐患通报：{issued.number}",
        f"{street}现有未销号隐患 {count} 处，详见{issued.number}。请督促社区和物业按期整改。",
        topic="inspections.bulletin", about=issued,
    )  # fmt: skip
    return issued
