"""Accounts. The system administrator keeps them; what they may do comes from posts."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.organ import Organ, Role, User

KEEPER = {Role.SYSTEM_ADMIN}


@action("people.create", label="新建账号", roles=KEEPER)
def create_user(
    _act: Act, organ: Organ, *, username: str, full_name: str, phone: str = "", password: str = ""
) -> User:
    """Without a password the account cannot log in until one is set."""
    if User.objects.filter(username=username).exists():
        raise Problem("409.22", username=username, fields={"username": "已被使用"})
    user = User(username=username, full_name=full_name, phone=phone, organ=organ)
    _take_password(user, password)
    user.save(force_insert=True)
    return user


@action("people.edit", label="修改账号", roles=KEEPER)
def edit_user(_act: Act, user: User, /, **changes: str) -> User:
    """Either of full_name and phone."""
    user.save(update_fields=assign(user, changes, ("full_name", "phone")))
    return user


@action("people.set_password", label="重设密码", roles=KEEPER)
def set_password(_act: Act, user: User, *, password: str) -> User:
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
