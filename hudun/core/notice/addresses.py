"""What a channel's address must look like, and how the library wants to be told it.

The three robots give an office an https address; apprise wants a short form of it.
"""

import re
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hudun.core.error import Problem

from .models import ChannelKind

TOKEN = re.compile(r"^[A-Za-z0-9_-]{6,200}$")
SHORT = {
    ChannelKind.WECOM: "wecombot",
    ChannelKind.DINGTALK: "dingtalk",
    ChannelKind.FEISHU: "feishu",
}
HOSTS = {
    ChannelKind.WECOM: ("qyapi.weixin.qq.com", "key"),
    ChannelKind.DINGTALK: ("oapi.dingtalk.com", "access_token"),
    ChannelKind.FEISHU: ("open.feishu.cn", ""),
}


def apprise_url(kind: str, target: str) -> str:
    """The address as apprise takes it; Problem 422.4 if it is none of that kind."""
    target = target.strip()
    if kind == ChannelKind.JSON:
        return _json(target)
    scheme = SHORT[ChannelKind(kind)]
    if target.startswith(f"{scheme}://"):
        return target
    return f"{scheme}://{_token(ChannelKind(kind), target)}"


def check_address(kind: str, target: str) -> None:
    if kind != ChannelKind.EMAIL:
        apprise_url(kind, target)
        return
    try:
        validate_email(target)
    except ValidationError:
        raise _wrong("不是邮箱地址") from None


def _json(target: str) -> str:
    parts = urlsplit(target)
    if parts.scheme not in ("json", "jsons", "http", "https") or not parts.hostname:
        raise _wrong("应以 https:// 开头")
    return re.sub(r"^http(s?)://", r"json\1://", target)


def _token(kind: ChannelKind, target: str) -> str:
    parts, (host, name) = urlsplit(target), HOSTS[kind]
    found = parse_qs(parts.query).get(name, [""])[0] if name else parts.path.rpartition("/")[2]
    if parts.scheme != "https" or parts.hostname != host or not TOKEN.match(found):
        raise _wrong(f"应是 https://{host}/ 开头的机器人地址")
    return found


def _wrong(reason: str) -> Problem:
    return Problem("422.4", reason=reason, fields={"target": reason})
