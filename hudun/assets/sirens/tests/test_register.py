"""Registering and editing: where a siren lies, whose number it has, where it truly stands."""

import pytest

from hudun.assets.sirens import actions
from hudun.assets.sirens.models import Siren, SirenGroup
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.testing import Cast
from hudun.engines.geodesy import Datum, LonLat, distance_m, from_cgcs2000

from .conftest import MakeSiren

pytestmark = pytest.mark.django_db
TRUE = LonLat(112.98, 28.11)


def test_belongs_to_the_office_above(cast: Cast, make_siren: MakeSiren) -> None:
    siren = make_siren(1, organ=cast.stage.baishajing)
    assert siren.office == cast.stage.tianxin
    assert (siren.district, siren.street, siren.community) == (
        "天心区",
        "城南路街道",
        "白沙井社区居委会",
    )


def test_number_is_used_once_in_an_office_and_again_in_another(
    cast: Cast, siren: Siren, make_siren: MakeSiren
) -> None:
    with pytest.raises(Problem) as refused:
        make_siren(1, organ=cast.stage.chengnanlu)
    assert (refused.value.number, refused.value.status) == ("409.30", 409)
    assert siren.name in refused.value.what
    elsewhere = actions.register_siren(
        cast.actor("qian"), cast.stage.laojie, number=1, name="老街", kind="motor"
    )
    assert elsewhere.number == siren.number


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09, Datum.CGCS2000])
def test_given_coordinates_are_kept_and_true_ones_follow(
    make_siren: MakeSiren, datum: Datum
) -> None:
    given = from_cgcs2000(TRUE, datum)
    siren = make_siren(1, source_datum=datum.value, source_lon=given.lon, source_lat=given.lat)
    siren.refresh_from_db()
    assert (siren.source_lon, siren.source_lat) == given
    assert siren.point is not None
    assert distance_m(siren.point, TRUE) < 0.001


def test_moved_siren_has_new_true_coordinates(cast: Cast, make_siren: MakeSiren) -> None:
    siren = make_siren(1, source_lon=112.9, source_lat=28.0)
    actions.edit_siren(cast.actor("li"), siren, source_lon=113.0)
    siren.refresh_from_db()
    assert (siren.lon, siren.lat) == (113.0, 28.0)


@pytest.mark.parametrize(
    ("lon", "lat", "said"),
    [(28.1, 112.9, "填反"), (112.9, None, "要么都填"), (10.0, 28.0, "不在中国")],
)
def test_impossible_places_are_refused(
    make_siren: MakeSiren, lon: float, lat: float | None, said: str
) -> None:
    with pytest.raises(Problem, match=said):
        make_siren(1, source_lon=lon, source_lat=lat)
    assert not Siren.objects.exists()


def test_another_office_is_out_of_reach(cast: Cast, siren: Siren) -> None:
    with pytest.raises(Problem) as refused:
        actions.edit_siren(cast.actor("qian"), siren, name="改名")
    assert refused.value.status == 404
    with pytest.raises(Problem) as refused:
        actions.edit_siren(cast.actor("li"), siren, organ=cast.stage.laojie)
    assert refused.value.number == "422.30"


def test_groups_are_joined_and_journaled(cast: Cast, siren: Siren) -> None:
    east = actions.make_group(cast.actor("li"), cast.stage.tianxin, number=3, name="东片")
    actions.set_groups(cast.actor("li"), siren, [east])
    assert list(Siren.objects.in_groups(3)) == [siren]
    line = JournalLine.objects.of(siren).first()
    assert line is not None
    assert line.content["note"] == {"groups": [[], [3]]}


def test_group_of_another_office_is_refused(cast: Cast, siren: Siren) -> None:
    foreign = actions.make_group(cast.actor("qian"), cast.stage.yuanhui, number=1, name="外片")
    with pytest.raises(Problem, match="外片"):
        actions.edit_siren(cast.actor("li"), siren, groups=[foreign])
    assert not siren.groups.exists()


def test_group_number_once(cast: Cast) -> None:
    actions.make_group(cast.actor("li"), cast.stage.tianxin, number=1, name="东片")
    with pytest.raises(Problem, match="组号"):
        actions.make_group(cast.actor("li"), cast.stage.tianxin, number=1, name="西片")
    assert SirenGroup.objects.count() == 1


def test_terminal_key_is_bound_once(cast: Cast, siren: Siren, make_siren: MakeSiren) -> None:
    key, chief = "ab" * 32, cast.actor("li").because("终端换装")
    actions.bind_terminal_key(chief, siren, terminal_key=key.upper())
    assert list(Siren.objects.with_terminal()) == [siren]
    with pytest.raises(Problem) as refused:
        actions.bind_terminal_key(chief, make_siren(2), terminal_key=key)
    assert refused.value.number == "409.31"
    actions.bind_terminal_key(chief, siren, terminal_key=None)
    assert siren in Siren.objects.hand_started()


def test_terminal_key_wants_a_reason_and_a_head(cast: Cast, siren: Siren) -> None:
    with pytest.raises(Problem, match="理由"):
        actions.bind_terminal_key(cast.actor("li"), siren, terminal_key="ab" * 32)
    with pytest.raises(Problem) as refused:
        actions.bind_terminal_key(
            cast.actor("zhang").because("换装"), siren, terminal_key="ab" * 32
        )
    assert refused.value.status == 403
