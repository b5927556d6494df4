"""The short link by which a unit answers without an account.

The secret (192 bits) is made from the key of this installation and the notice, whenever it is
needed; the database holds only its digest, so whoever reads the database can answer nothing.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings

from hudun.affairs.inspections.models import Notice
from hudun.core.notice.models import Message

PLACE = "{回复链接}"
"""Where the link is put into a message, at the moment of sending."""
LENGTH = 32
"""Characters of base64: 192 bits."""


def secret_of(notice: Notice) -> str:
    said = f"inspections.reply:{notice.pk}:{notice.link_number}".encode()
    made = hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")
    return urlsafe_b64encode(made).decode()[:LENGTH]


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def link_of(notice: Notice) -> str:
    return f"{settings.OFFICE_URL.rstrip('/')}/r/{secret_of(notice)}/"


def notice_of(secret: str) -> Notice | None:
    """Also one whose link is closed: the page says why."""
    if len(secret) != LENGTH:
        return None
    found = Notice.objects.by_digest(digest_of(secret)).select_related("plate", "organ", "paper")
    return found.first()


def fill(message: Message) -> str:
    """Named by messages that carry a link."""
    notice = Notice.objects.filter(pk=message.about_id).first()
    open_ = notice is not None and notice.link_open()
    return message.text.replace(PLACE, link_of(notice) if notice and open_ else "（链接已失效）")


def why_closed(notice: Notice) -> str:
    """In words; empty while the link is open."""
    if notice.link_withdrawn_at is not None:
        return "已被撤回"
    if not notice.is_open:
        return "已用完：通知里的隐患都已办结"
    return "" if notice.link_open() else "已到期"
