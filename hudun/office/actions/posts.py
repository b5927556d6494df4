"""Posts. The security administrator gives and takes them, never to or from themselves.

系统管理员, 安全管理员 and 审计员 exclude one another (三员分立), and hold no post of the trade.
"""

from datetime import datetime

from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import ADMINISTRATORS, Organ, Post, Role, User


@action("posts.appoint", label="任职", roles={Role.SECURITY_ADMIN})
def appoint(
    act: Act,
    organ: Organ,
    *,
    user: User,
    role: Role,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Post:
    role = Role(role)
    _check_person(act, user)
    person = User.objects.select_for_update().get(pk=user.pk)
    held = Post.objects.not_ended().filter(user=person).select_related("organ")
    _check_apart(person, role, list(held))
    if held.filter(organ=organ, role=role).exists():
        raise Problem("409.21", person=person, organ=organ, role=role.label)
    return Post.objects.create(
        user=person, organ=organ, role=role, since=since or act.now, until=until
    )


@action("posts.dismiss", label="免职", roles={Role.SECURITY_ADMIN})
def dismiss(act: Act, post: Post) -> Post:
    """From now on; a post that has not begun ends as it begins."""
    _check_person(act, post.user)
    post.until = max(act.now, post.since)
    post.save(update_fields=["until"])
    return post


def _check_person(act: Act, user: User) -> None:
    """Somebody the actor can see, and not the actor."""
    actor = act.actor.user
    if actor is None:
        return
    if user == actor:
        raise Problem("403.20")
    if user.organ is None or not actor.sees(user.organ):
        raise Problem("404.1")


def _check_apart(user: User, role: Role, held: list[Post]) -> None:
    """An administrator has that one role and no other; nobody else becomes one beside another."""
    others = {Role(post.role) for post in held} - {role}
    if others and ({role, *others} & ADMINISTRATORS):
        names = "、".join(str(each.label) for each in Role if each in others)
        raise Problem("409.20", person=user, role=role.label, held=names)
