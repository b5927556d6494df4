"""The map layer: what is placed, in the box, and counts by cell where there are too many."""

from typing import Any

import pytest

from hudun.core.ledger.views import mapping
from hudun.core.testing import Cast

from .conftest import Login, MakeShelter

pytestmark = pytest.mark.django_db


def features(login: Login, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = login("li").get(f"/shelters/map.json{query}").json()
    return found


def test_only_what_is_placed_and_in_the_box(make_shelter: MakeShelter, login: Login) -> None:
    make_shelter("1", source_lon=112.97, source_lat=28.19)
    make_shelter("2", source_lon=112.99, source_lat=28.11)
    make_shelter("3")
    assert len(features(login)["features"]) == 2
    inside = features(login, "?bbox=112.98,28,113,29")["features"]
    assert [f["properties"]["name"] for f in inside] == ["2 工程2"]
    assert "另有 1 条没有坐标" in login("li").get("/shelters/map/").content.decode()


def test_too_many_are_counted_and_none_is_left_out(
    cast: Cast, make_shelter: MakeShelter, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "MAX_POINTS", 3)
    for i in range(5):
        make_shelter(str(i), source_lon=112.97 + i // 3 * 0.02, source_lat=28.19)
    found = features(login)
    assert found["clustered"]
    assert sorted(f["properties"]["count"] for f in found["features"]) == [2, 3]
    closer = features(login, "?bbox=112.96,28,112.98,29")
    assert "clustered" not in closer
    assert len(closer["features"]) == 3
    stranger = login("qian").get("/shelters/map.json").json()
    assert stranger["features"] == []
