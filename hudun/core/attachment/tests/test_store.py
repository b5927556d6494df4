"""Kept byte for byte, once; handed out to those whom it concerns, and harmless."""

from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from hudun.core.action import Act, action
from hudun.core.attachment.admit import Admitted, admit_photo
from hudun.core.attachment.files import original, original_at, small_at
from hudun.core.attachment.models import Attachment
from hudun.core.attachment.store import store
from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ, Role
from hudun.core.testing import Cast

from .pictures import heic, jpeg


@action("test.attach", label="存照片", roles={Role.CHIEF, Role.INSPECTOR})
def attach(act: Act, organ: Organ, /, data: bytes | Admitted, **given: Any) -> Attachment:
    return store(act, organ, data=data, **{"id": new_id(), **given})


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path


def test_the_original_is_kept_byte_for_byte(cast: Cast) -> None:
    data = jpeg()
    stored = attach(cast.actor("li"), cast.stage.tianxin, admit_photo(data), about=cast.wang)
    assert stored.sha256 == sha256(data).hexdigest()
    assert original_at(stored.sha256).read_bytes() == data
    assert small_at(stored.sha256).exists()
    assert list(Attachment.objects.about(cast.wang)) == [stored]
    assert str(stored.pk) in str(JournalLine.objects.get(verb="test.attach").body)


def test_a_second_delivery_is_the_same_attachment(cast: Cast) -> None:
    li, organ, mine = cast.actor("li"), cast.stage.tianxin, new_id()
    first = attach(li, organ, jpeg(), id=mine)
    assert attach(li, organ, jpeg(), id=mine) == first
    with pytest.raises(Problem, match=r"409\.17"):
        attach(li, organ, jpeg(90, 60), id=mine)
    assert Attachment.objects.count() == 1


def test_nothing_is_left_of_what_could_not_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    def full(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        attach(cast.actor("li"), cast.stage.tianxin, jpeg())
    assert not Attachment.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_that_changed_is_not_handed_out(cast: Cast, client: Client) -> None:
    stored = attach(cast.actor("li"), cast.stage.tianxin, jpeg())
    original_at(stored.sha256).write_bytes(jpeg(100, 100))
    client.force_login(cast.li)
    assert client.get(f"/files/{stored.pk}/").status_code == 500
    with pytest.raises(Problem, match=r"500\.17"):
        original("0" * 64)


def test_handed_out_so_that_no_browser_runs_it(cast: Cast, client: Client) -> None:
    data = jpeg()
    stored = attach(cast.actor("li"), cast.stage.tianxin, data, name="防护门\r\nSet-Cookie: x.jpg")
    client.force_login(cast.li)
    answer = client.get(f"/files/{stored.pk}/")
    assert answer.content == data
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline")
    assert "\n" not in answer["Content-Disposition"]


def test_a_browser_saves_what_it_cannot_show_and_has_a_small_one(
    cast: Cast, client: Client
) -> None:
    stored = attach(cast.actor("li"), cast.stage.tianxin, heic())
    client.force_login(cast.li)
    answer = client.get(f"/files/{stored.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    small = client.get(f"/files/{stored.pk}/small/")
    assert small["Content-Type"] == "image/jpeg"


def test_seen_only_where_it_belongs(cast: Cast, client: Client) -> None:
    stored = attach(cast.actor("li"), cast.stage.chengnanlu, jpeg())
    for person, status in ((cast.li, 200), (cast.zhao, 404), (cast.qian, 404)):
        client.force_login(person)
        for url in (f"/files/{stored.pk}/", f"/files/{stored.pk}/small/"):
            assert client.get(url).status_code == status
    client.force_login(cast.li)
    assert client.post(f"/files/{stored.pk}/").status_code == 405
    client.logout()
    assert client.get(f"/files/{stored.pk}/").status_code == 302
