"""May this actor do this here?"""

from collections.abc import Collection

from hudun.core.error import Problem
from hudun.core.organ import Organ, Role, User
from hudun.core.organ.user import covers

from .actor import Actor
from .known import held_by


def check_rights(actor: Actor, organ: Organ | None, roles: Collection[Role], label: str) -> None:
    """Outside one's subtree nothing exists; inside it the role decides."""
    if actor.user is None:
        _check_system(actor, organ)
        return
    check_active(actor.user)
    held = held_by(actor.user)
    if organ is not None and not covers(held, organ):
        raise Problem("404.1")
    if organ is None or not covers(held, organ, roles):
        raise Problem("403.1", label=label, roles="、".join(role.label for role in _listed(roles)))


def check_active(user: User) -> None:
    if not user.is_active:
        raise Problem("403.3")


def _listed(roles: Collection[Role]) -> list[Role]:
    return [role for role in Role if role in roles]


def _check_system(actor: Actor, organ: Organ | None) -> None:
    if actor.organ is not None and (organ is None or not actor.organ.contains(organ)):
        raise Problem("404.1")
