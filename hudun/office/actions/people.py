"""Accounts. The system administrator keeps them; what they may do comes from posts."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.organ import Organ, Role, User

KEEPER = {Role.SYSTEM_ADMIN}
APART = (Role.SECURITY_ADMIN, Role.AUDITOR)
EDITABLE = ("username", "full_name", "phone", "organ")


@action("people.create", label="新建账号", roles=KEEPER)
def create_user(
    _act: Act, organ: Organ, *, username: str, full_name: str, phone: str = "", password: str = ""
) -> User:
    """Without a password the account cannot log in until one is set."""
    user = User(username=username, full_name=full_name, phone=phone, organ=organ)
    _check_free(user)
    _take_password(user, password)
    user.save(force_insert=True)
    return user


@action("people.edit", label="修改账号", roles=KEEPER)
def edit_user(act: Act, user: User, /, **changes: Any) -> User:
    """A new `organ` must be one that the administrator sees too."""
    changed = assign(user, changes, EDITABLE)
    _check_free(user)
    if "organ" in changes and act.actor.user and not act.actor.user.sees(changes["organ"]):
        raise Problem("404.1")
    user.save(update_fields=changed)
    return user


@action("people.set_password", label="重设密码", roles=KEEPER)
def set_password(act: Act, user: User, *, password: str) -> User:
    """Not that of the other two administrators: who sets a password can be that person."""
    if act.actor.source != "cli" and user.posts.not_ended().filter(role__in=APART).exists():
        raise Problem("403.21", person=user)
    _take_password(user, password)
    user.save(update_fields=["password"])
    return user


@action("people.change_password", label="修改密码", own=True)
def change_own_password(_act: Act, user: User, *, old: str, new: str) -> User:
    if not user.check_password(old):
        raise Problem("422.21", reason="原密码不对", fields={"old": "原密码不对"})
    _take_password(user, new)
    user.save(update_fields=["password"])
    return user


@action("people.stop", label="停用账号", roles=KEEPER, needs_reason=True)
def stop_user(_act: Act, user: User) -> User:
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


@action("people.start", label="恢复账号", roles=KEEPER, needs_reason=True)
def start_user(_act: Act, user: User) -> User:
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


def _check_free(user: User) -> None:
    if User.objects.filter(username=user.username).exclude(pk=user.pk).exists():
        raise Problem("409.22", username=user.username, fields={"username": "已被使用"})


def _take_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as refused:
        reason = "".join(refused.messages)
        raise Problem("422.21", reason=reason, fields={"password": reason}) from None
    user.set_password(password)
