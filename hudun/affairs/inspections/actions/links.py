"""The answering link of a notice: shown, withdrawn, made anew. Every use is a journal line."""

from datetime import date, timedelta

from hudun.affairs.inspections.limits import Limits
from hudun.affairs.inspections.links import digest_of, link_of, secret_of
from hudun.affairs.inspections.models import Notice
from hudun.affairs.inspections.roles import STAFF
from hudun.core.action import Act, action


def last_day_of_link(limits: Limits, due_on: date) -> date:
    """A late answer is wanted too."""
    return due_on + timedelta(days=limits.link_days)


@action("inspections.show_link", label="查看回复链接", roles=STAFF)
def show_link(_act: Act, notice: Notice) -> str:
    return link_of(notice)


@action("inspections.withdraw_link", label="撤回回复链接", roles=STAFF, needs_reason=True)
def withdraw_link(act: Act, notice: Notice) -> Notice:
    notice.link_withdrawn_at = act.now
    notice.save(update_fields=["link_withdrawn_at"])
    return notice


@action("inspections.renew_link", label="更换回复链接", roles=STAFF, needs_reason=True)
def renew_link(_act: Act, notice: Notice) -> Notice:
    """The old one opens nothing from now on."""
    notice.link_number += 1
    notice.link_digest = digest_of(secret_of(notice))
    notice.link_withdrawn_at = None
    notice.save(update_fields=["link_number", "link_digest", "link_withdrawn_at"])
    return notice


@action("inspections.open_link", label="打开回复链接")
def open_link(act: Act, notice: Notice) -> None:
    """By whoever holds it; only the system acts here, for a person without an account."""
    act.note(link=notice.link_number)
