"""Places and areas: what is given is kept, what cannot be is refused, a box finds what is in it."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from hudun.core.place import Area, check_place
from hudun.core.place.boundary import collection, outlines
from hudun.engines.geodesy import LonLat

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[112, 28], [113, 28], [113, 29], [112, 29], [112, 28]]],
}


class Field(Area):
    class Meta:
        app_label = "core"
        managed = False


@pytest.mark.parametrize(("lon", "lat"), [(None, None), (112.98, 28.11), (73.5, 39.5)])
def test_places_in_china_pass(lon: float | None, lat: float | None) -> None:
    check_place(lon, lat)


@pytest.mark.parametrize(
    ("lon", "lat", "field", "said"),
    [
        (28.11, 112.98, "source_lon", "填反"),
        (112.98, None, "source_lat", "要么都填"),
        (None, 28.11, "source_lon", "要么都填"),
        (2.35, 48.85, "source_lon", "不在中国"),
        (112.98, 70.0, "source_lat", "不在中国"),
    ],
)
def test_other_places_are_refused_by_field(
    lon: float | None, lat: float | None, field: str, said: str
) -> None:
    with pytest.raises(ValidationError, match=said) as refused:
        check_place(lon, lat)
    assert list(refused.value.message_dict) == [field]


def test_area_has_its_box_and_knows_what_is_in_it() -> None:
    area = Field()
    area.draw(SQUARE)
    assert (area.west, area.south, area.east, area.north) == (112, 28, 113, 29)
    assert area.contains(LonLat(112.5, 28.5))
    assert not area.contains(LonLat(113.5, 28.5))


@given(st.floats(111, 114), st.floats(27, 30))
def test_containment_agrees_with_the_square(lon: float, lat: float) -> None:
    area = Field()
    area.draw(SQUARE)
    inside = 112 < lon < 113 and 28 < lat < 29
    outside = not (112 <= lon <= 113 and 28 <= lat <= 29)
    assert area.contains(LonLat(lon, lat)) or not inside
    assert not (outside and area.contains(LonLat(lon, lat)))


def test_area_drawn_anew_forgets_the_old_shape() -> None:
    area = Field()
    area.draw(SQUARE)
    moved = json.loads(json.dumps(SQUARE).replace("112", "102").replace("113", "103"))
    area.draw(moved)
    assert area.contains(LonLat(102.5, 28.5))
    assert not area.contains(LonLat(112.5, 28.5))


def test_outlines_are_named_by_division_code() -> None:
    assert outlines()["430103"]["properties"]["name"] == "天心区"
    assert len(collection(["430103", "411102", "999999"])["features"]) == 2
    assert (settings.BOUNDARIES_DIR / "README.md").exists()
