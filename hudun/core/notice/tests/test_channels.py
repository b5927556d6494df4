"""Channels and dead letters: the system administrator's."""

import pytest
from django.test import Client

from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.notice import actions
from hudun.core.notice.addresses import apprise_url
from hudun.core.notice.carry import scrubbed
from hudun.core.notice.models import Channel, Sending
from hudun.core.notice.send import send_due
from hudun.core.testing import Cast

from .conftest import Say
from .servers import Mailbox

pytestmark = pytest.mark.django_db
KEY = "0123abcd-1234-abcd-1234-abcdef012345"
WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"


def enter(person: object) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return client


@pytest.mark.parametrize(
    ("kind", "given", "understood"),
    [
        ("wecom", WECOM, f"wecombot://{KEY}"),
        (
            "dingtalk",
            "https://oapi.dingtalk.com/robot/send?access_token=abc123",
            "dingtalk://abc123",
        ),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/a-b-c-d", "feishu://a-b-c-d"),
        ("dingtalk", "dingtalk://SECret@abc123", "dingtalk://SECret@abc123"),
        ("json", "https://oa.example.cn/in", "jsons://oa.example.cn/in"),
    ],
)
def test_an_address_is_taken_as_the_office_has_it(kind: str, given: str, understood: str) -> None:
    assert apprise_url(kind, given) == understood


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("wecom", "https://evil.example.cn/send?key=0123456789"),
        ("wecom", f"http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("feishu", "file:///etc/passwd"),
        ("json", "file:///etc/passwd"),
        ("json", "syslog://"),
        ("email", "not an address"),
    ],
)
def test_another_kind_of_address_is_refused(cast: Cast, kind: str, given: str) -> None:
    with pytest.raises(Problem, match=r"422\.4"):
        actions.add_channel(
            cast.actor("xiguan"), cast.stage.pozijie, name="群", kind=kind, target=given
        )


def test_the_address_is_in_no_journal_list_or_sheet(cast: Cast) -> None:
    client = enter(cast.xiguan)
    form = {"organ": str(cast.stage.pozijie.pk), "name": "街道群", "kind": "wecom",
            "target": WECOM, "active": "true", "person": ""}  # fmt: skip
    answer = client.post("/notices/channels/new/", form, follow=True)
    assert "街道群" in answer.content.decode()
    channel = Channel.objects.get()
    other = {**form, "target": WECOM.replace("0123", "9876")}
    version = client.get(f"/notices/channels/{channel.pk}/edit/").context["version"]
    client.post(f"/notices/channels/{channel.pk}/edit/", {**other, "version": version})
    lines = JournalLine.objects.filter(object_id=str(channel.pk))
    assert {line.verb for line in lines} == {"notices.add_channel", "notices.edit_channel"}
    assert not any("abcdef012345" in line.body for line in lines)
    for page in ("", "list.json", "print/", f"{channel.pk}/"):
        assert "abcdef012345" not in client.get(f"/notices/channels/{page}").content.decode()


def test_only_the_system_administrator_comes_here(cast: Cast) -> None:
    for page in ("channels/", "sendings/", "channels/new/"):
        assert enter(cast.li).get(f"/notices/{page}").status_code == 403
        assert enter(cast.xiguan).get(f"/notices/{page}").status_code == 200
    with pytest.raises(Problem, match=r"403\.1"):
        actions.add_channel(
            cast.actor("li"), cast.stage.pozijie, name="群", kind="wecom", target=WECOM
        )
    with pytest.raises(Problem, match=r"404\.1"):
        actions.add_channel(
            cast.actor("xiguan"), cast.stage.yuanhui, name="群", kind="wecom", target=WECOM
        )


def dead(cast: Cast, say: Say) -> Sending:
    say(emails=["a@b.cn"])
    Sending.objects.update(state="dead")
    return Sending.objects.get()


def test_a_dead_letter_is_sent_again_once_as_a_new_row(
    cast: Cast, say: Say, mailbox: Mailbox
) -> None:
    sending, client = dead(cast, say), enter(cast.xiguan)
    assert "通知未送达" in client.get("/").content.decode()
    assert "a@b.cn" in client.get("/notices/sendings/?state=dead").content.decode()
    url = f"/notices/sendings/{sending.pk}/do/resend/"
    assert enter(cast.li).post(url).status_code == 403
    assert enter(cast.qian).post(url).status_code in (403, 404)
    assert client.get(url).status_code == 405
    assert client.post(url, follow=True).status_code == 200
    assert client.post(url).status_code == 409, "a second press sends nothing"
    send_due()
    assert len(mailbox.mails) == 1
    states = Sending.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["resent", "sent"]
    assert JournalLine.objects.filter(verb="notices.resend", person=cast.xiguan).count() == 1
    assert "通知未送达" not in client.get("/").content.decode()


def test_nowhere_to_send_is_a_dead_letter_until_there_is_a_channel(
    cast: Cast, say: Say, mailbox: Mailbox
) -> None:
    say()
    sending = Sending.objects.dead().get()
    with pytest.raises(Problem, match=r"409\.5"):
        actions.resend(cast.actor("xiguan"), sending)
    actions.add_channel(
        cast.actor("xiguan"), cast.stage.pozijie, name="邮箱", kind="email", target="p@z.cn"
    )
    actions.resend(cast.actor("xiguan"), sending)
    send_due()
    assert len(mailbox.mails) == 1


def test_a_channel_is_tried_out(cast: Cast, mailbox: Mailbox) -> None:
    channel = actions.add_channel(
        cast.actor("xiguan"), cast.stage.pozijie, name="邮箱", kind="email", target="p@z.cn"
    )
    enter(cast.xiguan).post(f"/notices/channels/{channel.pk}/do/try_channel/")
    send_due()
    assert len(mailbox.mails) == 1


def test_scrubbing_leaves_the_host() -> None:
    target = f"json://host.example.cn/{KEY}?token=abcdef99"
    said = scrubbed(f"failed at host.example.cn with {KEY} abcdef99", target)
    assert said == "failed at host.example.cn with … …"
