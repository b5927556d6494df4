"""The pages of the ledger of sites: by the button, over the whole way."""

import pytest

from hudun.affairs.coverage.models import Site
from hudun.assets.sirens.models import Siren
from hudun.core.testing import Cast

from .conftest import Login

pytestmark = pytest.mark.django_db


def test_from_the_list_to_the_register_by_buttons(cast: Cast, site: Site, login: Login) -> None:
    chief, director = login("li"), login("zhou")
    row = chief.get("/coverage/sites/").content.decode()
    assert "38,600.00 元" in row
    assert "白沙井社区楼顶" in row
    page = f"/coverage/sites/{site.pk}/"
    steps = [
        (director, "approve", {"approval_document": "天防〔2026〕7号"}),
        (chief, "install", {"installed_on": "2026-05-06", "installer": "样例电子"}),
        (
            chief,
            "commission",
            {"commissioned_on": "2026-05-07", "spl30_db": "116", "commissioning": "正常"},
        ),
        (chief, "file", {"siren_number": "61"}),
    ]
    for client, verb, given in steps:
        data = {f"{verb}-{name}": value for name, value in given.items()}
        assert client.post(f"{page}do/{verb}/", data).status_code == 302, verb
    shown = chief.get(page).content.decode()
    siren = Siren.objects.get()
    assert f"/sirens/{siren.pk}/" in shown
    assert "已建档" in shown


def test_what_is_missing_is_said_beside_the_button(site: Site, login: Login) -> None:
    Site.objects.filter(pk=site.pk).update(
        state="commissioned", site_phone="", commissioned_on=None
    )
    answer = login("li").post(f"/coverage/sites/{site.pk}/do/file/", {"file-siren_number": "61"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "缺：设点单位电话、安装日期、调试日期" in text
    assert 'value="61"' in text, "nothing typed is lost"


def test_who_may_not(site: Site, login: Login) -> None:
    page = f"/coverage/sites/{site.pk}/"
    assert login("qian").get(page).status_code == 404
    assert login("zhang").post(f"{page}do/approve/").status_code == 403
    assert login("zhou").get(f"{page}do/approve/").status_code == 405
    assert login("shenji").get(page).status_code == 200


def test_phones_of_keepers_are_for_the_office(cast: Cast, site: Site, login: Login) -> None:
    Site.objects.filter(pk=site.pk).update(organ=cast.stage.pozijie)
    shown = login("zhao").get(f"/coverage/sites/{site.pk}/").content.decode()
    assert "0731-85550001" not in shown
    assert "0731-85550001" in login("li").get(f"/coverage/sites/{site.pk}/").content.decode()
