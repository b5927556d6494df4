"""Many sirens at once: all of them or none, each with its line."""

import pytest

from hudun.assets.sirens.models import Siren
from hudun.core.journal.models import JournalLine

from .conftest import Login, MakeSiren

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(make_siren: MakeSiren) -> list[Siren]:
    return [make_siren(1, kind="motor"), make_siren(2)]


def test_sets_what_was_ticked(login: Login, two: list[Siren]) -> None:
    ids = [str(siren.pk) for siren in two]
    data = {"scope": "ids", "ids": ids, "apply": "1", "set": ["upkeep_name"]}
    values = {"upkeep_name": "指挥通信科", "model_name": "不改", "control": "radio"}
    answer = login("zhang").post("/sirens/bulk/", {**data, **values}, follow=True)
    assert "已修改 2 条" in answer.content.decode()
    for siren in Siren.objects.all():
        assert (siren.upkeep_name, siren.model_name, siren.control) == ("指挥通信科", "", "network")
    assert JournalLine.objects.filter(verb="sirens.edit").count() == 2


def test_sets_all_that_the_filter_leaves(login: Login, two: list[Siren]) -> None:
    data = {"scope": "filter", "query": "kind=motor", "apply": "1", "set": ["upkeep_name"]}
    login("zhang").post("/sirens/bulk/", {**data, "upkeep_name": "科"})
    assert list(Siren.objects.filter(upkeep_name="科")) == [two[0]]


def test_one_refused_value_changes_nothing(login: Login, two: list[Siren]) -> None:
    ids = [str(siren.pk) for siren in two]
    data = {"ids": ids, "apply": "1", "set": ["upkeep_phone", "upkeep_name"]}
    values = {"upkeep_phone": "没有", "upkeep_name": "科"}
    answer = login("zhang").post("/sirens/bulk/", {**data, **values})
    assert answer.status_code == 422
    assert "没有" in answer.content.decode()
    assert not Siren.objects.filter(upkeep_name="科").exists()


def test_only_ones_own(login: Login, two: list[Siren]) -> None:
    data = {"ids": [str(two[0].pk)], "apply": "1", "set": ["upkeep_name"], "upkeep_name": "外"}
    assert login("qian").post("/sirens/bulk/", data).status_code == 422
    assert login("wang").post("/sirens/bulk/", data).status_code == 403
    assert login("zhang").get("/sirens/bulk/").status_code == 405
    assert login("zhang").post("/sirens/bulk/", {"ids": ["nonsense"]}).status_code == 422
    assert not Siren.objects.filter(upkeep_name="外").exists()
