"""The list and the map: filtered, sorted, searched; and who reads the keepers' phones."""

import re

import pytest

from hudun.assets.sirens import actions
from hudun.assets.sirens.models import Siren, SirenGroup
from hudun.core.testing import Cast

from .conftest import Login, MakeSiren

pytestmark = pytest.mark.django_db
PHONE = "0731-85550001"


@pytest.fixture
def three(cast: Cast, make_siren: MakeSiren) -> list[Siren]:
    first = make_siren(
        1,
        kind="motor",
        site_name="坡子街小学",
        source_lon=112.96,
        source_lat=28.19,
        site_phone=PHONE,
    )
    second = make_siren(2, organ=cast.stage.chengnanlu, source_lon=113.0, source_lat=28.1)
    third = make_siren(3, organ=cast.stage.baishajing, central_control=False)
    group = actions.make_group(cast.actor("li"), cast.stage.tianxin, number=1, name="东片")
    actions.set_groups(cast.actor("li"), second, [group])
    return [first, second, third]


def numbers(login: Login, query: str, name: str = "li") -> list[int]:
    rows = login(name).get(f"/sirens/list.json{query}").json()["results"]
    return [row["number"] for row in rows]


def test_a_search_counts_and_pages_what_it_finds(
    login: Login, make_siren: MakeSiren, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alike whether few are found, whose keys are kept, or too many."""
    for number in range(1, 13):
        make_siren(number)
    few = login("li").get("/sirens/list.json?q=1").json()
    monkeypatch.setattr("hudun.core.ledger.views.listing.MANY", 1)
    many = login("li").get("/sirens/list.json?q=1").json()
    assert few == many
    assert few["count"] == len(few["results"]) > 1
    assert login("li").get("/sirens/list.json?q=没有这样的").json()["count"] == 0


@pytest.mark.usefixtures("three")
class TestFilter:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", [1, 2, 3]),
            ("?kind=motor", [1]),
            ("?central_control=false", [3]),
            ("?q=坡子街小学", [1]),
            ("?q=警报器 2", [2]),
            ("?sort=-number", [3, 2, 1]),
            ("?sort=nonsense", [1, 2, 3]),
            ("?state=in_service", []),
            ("?kind=nonsense", [1, 2, 3]),
            ("?register=on", []),
            ("?register=off", [1, 2, 3]),
        ],
    )
    def test_narrows(self, login: Login, query: str, found: list[int]) -> None:
        assert numbers(login, query) == found

    def test_by_street_finds_its_communities(self, login: Login, cast: Cast) -> None:
        assert numbers(login, f"?organ={cast.stage.chengnanlu.pk}") == [2, 3]

    def test_by_group(self, login: Login) -> None:
        group = SirenGroup.objects.get()
        assert numbers(login, f"?groups={group.pk}") == [2]

    def test_person_of_a_street_sees_that_street(self, login: Login) -> None:
        assert numbers(login, "", "zhao") == [1]

    def test_person_of_another_district_sees_none(self, login: Login) -> None:
        assert numbers(login, "", "qian") == []

    def test_export_respects_the_filter(self, login: Login) -> None:
        narrow = login("li").get("/sirens/export.xlsx?kind=motor").content
        assert len(narrow) < len(login("li").get("/sirens/export.xlsx").content)

    def test_htmx_gets_the_rows_alone(self, login: Login) -> None:
        headers = {"HX-Request": "true", "HX-Target": "results"}
        page = login("li").get("/sirens/", headers=headers).content.decode()
        assert "<html" not in page
        assert "坡子街小学" in page


def test_district_street_and_community_stand_beside_the_siren(
    login: Login, three: list[Siren]
) -> None:
    page = login("li").get(f"/sirens/{three[2].pk}/").content.decode()
    for label, name in (("区县", "天心区"), ("街镇", "城南路街道"), ("社区", "白沙井社区居委会")):
        assert re.search(rf"{label}</dt>\s*<dd[^>]*>\s*{name}", page), label


@pytest.mark.usefixtures("three")
class TestMap:
    def test_box(self, login: Login) -> None:
        def found(query: str) -> list[str]:
            features = login("li").get(f"/sirens/map.json{query}").json()["features"]
            return [feature["properties"]["name"] for feature in features]

        assert found("") == ["1 警报器1", "2 警报器2"]
        assert found("?bbox=112.95,28.15,112.97,28.2") == ["1 警报器1"]
        assert found("?kind=motor") == ["1 警报器1"]

    def test_box_that_is_none(self, login: Login) -> None:
        assert login("li").get("/sirens/map.json?bbox=a,b").status_code == 400

    def test_page_says_what_has_no_place(self, login: Login) -> None:
        assert "另有 1 条没有坐标" in login("li").get("/sirens/map/").content.decode()

    def test_boundary_is_of_ones_own_district(self, login: Login) -> None:
        def names(person: str) -> list[str]:
            features = login(person).get("/boundary.json").json()["features"]
            return [feature["properties"]["name"] for feature in features]

        assert names("li") == names("zhao") == ["天心区"]
        assert names("qian") == ["源汇区"]


def test_keepers_phone_is_for_the_office(login: Login, three: list[Siren]) -> None:
    page = f"/sirens/{three[0].pk}/"
    assert PHONE in login("wang").get(page).content.decode()
    street = login("zhao")
    assert "仅办公室可见" in street.get(page).content.decode()
    for url in (page, "/sirens/list.json", "/sirens/print/", f"{page}edit/"):
        assert PHONE not in street.get(url).content.decode()


@pytest.mark.parametrize(
    ("page", "limit"), [("export.xlsx", "MOST_ROWS"), ("print/", "MOST_PRINTED")]
)
def test_rather_nothing_than_a_part(
    login: Login, three: list[Siren], page: str, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hudun.core.ledger.views.exporting." + limit, 2)
    answer = login("li").get(f"/sirens/{page}")
    assert answer.status_code == 422
    assert "共 3 条" in answer.content.decode()
    assert login("li").get(f"/sirens/{page}?kind=motor").status_code == 200
