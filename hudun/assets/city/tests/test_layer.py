"""Which layer an office computes on, and who sees it."""

import pytest

from hudun.assets.city.actions import withdraw_layer
from hudun.assets.city.ground import ground
from hudun.assets.city.models import Layer
from hudun.assets.city.testing import collection, feature, ring, town
from hudun.core.error import Problem
from hudun.core.testing import Cast

from .conftest import Lay, Login

pytestmark = pytest.mark.django_db

PEOPLE = "经度,纬度,人口,社区\n112.98,28.18,1200,甲\n112.99,28.18,800,乙"
ZONES = collection(feature(ring(0, 0), zone=2), feature(ring(50, 0), zone=4))
PARKS = collection(feature(ring(0, 0), G=1), feature(ring(50, 0)))


def test_the_newest_kept_is_what_is_computed_on(cast: Cast, lay: Lay) -> None:
    first = lay()
    second = lay(town(feature(ring(300, 0), height=30)), name="新.geojson")
    assert ground(cast.stage.baishajing).buildings == second
    withdraw_layer(cast.actor("li").because("测错了"), second)
    assert ground(cast.stage.tianxin).buildings == first
    assert second.path.exists(), "results that rest on it can be made again"


def test_a_districts_own_layer_goes_before_the_citys(cast: Cast, lay: Lay) -> None:
    own = lay()
    citys = lay(town(feature(ring(300, 0), height=30)), who="system", organ=cast.stage.changsha)
    assert ground(cast.stage.tianxin).buildings == own
    withdraw_layer(cast.actor("li").because("旧了"), own)
    assert ground(cast.stage.tianxin).buildings == citys
    assert ground(cast.stage.yuanhui).buildings is None
    assert list(Layer.objects.in_use().under_or_above(cast.stage.tianxin)) == [citys]


def test_a_result_prints_where_it_rests(lay: Lay) -> None:
    layer = lay(licence="内部使用", simulated=True)
    line = layer.line()
    for words in (
        "老城建筑",
        "6 幢",
        "测绘院（内部使用）",
        "2026-01-01",
        "CGCS2000",
        layer.digest[:12],
    ):
        assert words in line
    assert "模拟数据" in line


def test_the_neighbour_finds_nothing(lay: Lay, login: Login) -> None:
    layer = lay()
    assert login("qian").get(f"/city/{layer.pk}/").status_code == 404
    assert login("qian").post(f"/city/{layer.pk}/do/withdraw/").status_code == 404
    assert "老城建筑" not in login("qian").get("/city/").content.decode()
    assert "老城建筑" in login("zhang").get("/city/").content.decode()


def test_withdrawing_needs_a_reason_and_the_right_role(cast: Cast, lay: Lay, login: Login) -> None:
    layer = lay()
    assert login("wang").post(f"/city/{layer.pk}/do/withdraw/").status_code == 403
    assert login("li").post(f"/city/{layer.pk}/do/withdraw/").status_code == 422
    with pytest.raises(Problem, match=r"409\.1"):
        withdraw_layer(cast.actor("li").because("旧"), lay(town(), kind="built_up", keep=False))


@pytest.mark.parametrize(
    ("kind", "name", "body", "rows", "said"),
    [
        ("population", "人.csv", PEOPLE.encode(), 2, "共 2,000 人"),
        ("population", "人.geojson", collection(feature(ring(0, 0), people=70)), 1, "按面"),
        ("built_up", "区.geojson", collection(feature(ring(0, 0, 500))), 1, "建成区 1.133 km²"),
        ("ambient", "噪.geojson", ZONES, 2, "4 类 1 块"),
        ("ground", "绿.geojson", PARKS, 2, "2 块"),
    ],
)  # fmt: skip
def test_every_kind_is_read(
    lay: Lay, kind: str, name: str, body: bytes, rows: int, said: str
) -> None:
    layer = lay(body, kind=kind, name=name)
    assert layer.rows == rows
    assert said in "；".join(layer.said)


@pytest.mark.parametrize(
    ("kind", "name", "body", "said"),
    [
        ("ambient", "噪.geojson", collection(feature(ring(0, 0), zone=7)), "功能区只能是"),
        ("ambient", "噪.geojson", collection(feature(ring(0, 0))), "没有功能区"),
        ("ground", "绿.geojson", collection(feature(ring(0, 0), G=3)), "在 0（硬）和 1"),
        ("population", "人.csv", b"lon,lat,population\n112.98,28.18,x", "第 2 行"),
        ("population", "人.csv", "lon,lat,人口\n".encode("gbk"), "UTF-8"),
        ("population", "人.csv", b"lon,lat\n112.98,28.18", "没有这样一列"),
    ],
)
def test_what_is_missing_in_a_file_is_named(
    lay: Lay, kind: str, name: str, body: bytes, said: str
) -> None:
    layer = lay(body, kind=kind, name=name, keep=False)
    assert layer.reading is not None
    layer.reading.refresh_from_db()
    assert layer.reading.problem["number"] == "422.160"
    assert said in layer.reading.problem["what"]
