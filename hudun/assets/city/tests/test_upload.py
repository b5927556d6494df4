"""A file is looked at, read, shown, and kept only then."""

from pathlib import Path
from typing import Any

import pytest

from hudun.assets.city.files import store
from hudun.assets.city.models import Layer
from hudun.assets.city.testing import collection, feature, packed, ring, shapefile, town
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

from .conftest import Lay, Login, Upload

pytestmark = pytest.mark.django_db


def test_what_was_read_is_shown_before_it_is_kept(login: Login, upload: Upload) -> None:
    bow = ring(240, 0)
    bow[1], bow[2] = bow[2], bow[1]
    floors, nothing = feature(ring(240, 80), floors=5), feature(ring(320, 80))
    assert upload(town(feature(bow, height=9), floors, nothing)).status_code == 302
    layer = Layer.objects.get()
    page = login("zhang").get(f"/city/{layer.pk}/").content.decode()
    assert "排队中" in page
    assert "读到了什么" not in page
    assert layer.reading is not None
    run_now(layer.reading)
    page = login("zhang").get(f"/city/{layer.pk}/").content.decode()
    for words in ("建筑物 10 幢", "1 自相交等坏面，已修复", "1 无高度也无层数", "1 高度由层数推得"):
        assert words in page
    assert not Layer.objects.in_use().exists(), "nobody has said that it is good"
    answer = login("zhang").post(f"/city/{layer.pk}/do/keep/")
    assert answer.status_code == 302
    assert Layer.objects.in_use().get() == layer
    verbs = list(JournalLine.objects.of(layer).values_list("verb", flat=True))
    assert verbs == ["city.keep", "city.read", "city.upload"]


def test_a_bad_file_says_why_by_number_and_stays_out(login: Login, upload: Upload) -> None:
    line = {"type": "LineString", "coordinates": [[112.98, 28.18], [112.99, 28.18]]}
    upload(collection({"type": "Feature", "properties": {}, "geometry": line}))
    layer = Layer.objects.get()
    assert layer.reading is not None
    assert run_now(layer.reading).state == "failed"
    page = login("zhang").get(f"/city/{layer.pk}/").content.decode()
    assert "问题编号 422.160" in page
    assert "没有一个面可以当建筑物用" in page
    assert "重新检查" in page
    assert "存入使用" not in page
    assert login("zhang").post(f"/city/{layer.pk}/do/discard/").status_code == 302
    layer.refresh_from_db()
    assert layer.state == "discarded"


def test_swapped_degrees_are_named(upload: Upload) -> None:
    turned = [[y, x] for x, y in ring(0, 0)]
    upload(collection(feature(turned, height=9)))
    layer = Layer.objects.get()
    assert layer.reading is not None
    run = run_now(layer.reading)
    assert run.problem["number"] in ("422.160", "422.163")


@pytest.mark.parametrize(
    ("body", "name", "number", "said"),
    [
        (None, "", "422.162", "没有选择文件"),
        (b"", "a.geojson", "422.162", "空的"),
        (b"<html>", "a.geojson", "422.160", "内容却不是"),
        (b"<OGRVRTDataSource/>", "a.gpkg", "422.160", "内容却不是"),
        (b"MZ\x90", "a.exe", "422.160", "不认识的格式"),
        (b"\x00\x00\x27\x0a", "a.shp", "422.160", "压成一个 ZIP"),
        (b"lon,lat,population\n", "a.csv", "422.161", "不收这种格式"),
        (packed({"a.txt": b"x"}), "a.zip", "422.160", "要有一套 shapefile"),
        (
            packed({"a.shp": b"", "a.shx": b"", "a.dbf": b"", "a.vrt": b""}),
            "a.zip",
            "422.160",
            ".vrt",
        ),
        (b"PK\x03\x04 cut", "a.zip", "422.160", "已损坏"),
    ],
)
def test_a_file_that_cannot_be_it_is_refused_with_what_was_typed(
    upload: Upload, body: bytes | None, name: str, number: str, said: str
) -> None:
    answer = upload(body, name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert number in page
    assert said in page
    assert 'value="老城建筑"' in page
    assert not Layer.objects.exists()


def test_a_zip_bomb_is_judged_by_its_directory(upload: Upload) -> None:
    bomb = packed({"a.shp": b"\x00" * (600 * 1024 * 1024), "a.shx": b"", "a.dbf": b""})
    assert len(bomb) < 1_000_000
    answer = upload(bomb, "a.zip")
    assert answer.status_code == 422
    assert "压缩炸弹" in answer.content.decode()


def test_a_file_over_the_limit_is_left_at_the_limit(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr("hudun.assets.city.files.LARGEST", 1000)
    with pytest.raises(Problem, match=r"413\.160"):
        store((b"{" * 400 for _ in range(10**9)), "a.geojson", "buildings")
    assert list(Path(settings.CITY_DIR).iterdir()) == [], "nothing is left behind"


def test_the_same_file_is_kept_once(upload: Upload, lay: Lay) -> None:
    lay()
    answer = upload(town())
    assert answer.status_code == 409
    assert "409.160" in answer.content.decode()


def test_a_zipped_shapefile_with_a_chinese_name_is_read(lay: Lay, tmp_path: Path) -> None:
    layer = lay(shapefile(tmp_path), name="楼.zip")
    assert (layer.rows, layer.suffix) == (6, ".zip")


def test_kept_under_its_digest(lay: Lay) -> None:
    from hashlib import sha256

    layer = lay()
    assert layer.path.name == f"{layer.digest}.geojson"
    assert sha256(layer.path.read_bytes()).hexdigest() == layer.digest
    layer.path.unlink()
    with pytest.raises(Problem, match=r"404\.160"):
        _ = layer.path


def test_who_may_not(cast: Cast, login: Login, upload: Upload) -> None:
    assert login("wang").get("/city/upload/").status_code == 403
    assert upload(town(), who="wang").status_code == 403
    assert login("zhang").delete("/city/upload/").status_code == 405
    answer = upload(town(), who="qian")
    assert answer.status_code == 422, "another district's organ is not among the choices"
    assert not Layer.objects.exists()


def test_only_the_planner_says_that_a_file_is_read(login: Login, upload: Upload) -> None:
    upload(town())
    layer = Layer.objects.get()
    assert login("li").post(f"/city/{layer.pk}/do/read/", {}).status_code == 403
