"""A search in a small town: what is chosen, what is proved, and what the sums then say."""

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hudun.affairs.coverage.siting import command
from hudun.affairs.coverage.siting.answer import answer, share_words, write
from hudun.affairs.coverage.siting.brief import Brief
from hudun.affairs.coverage.siting.place import File, Files, Row, spread
from hudun.affairs.coverage.siting.reach import measured
from hudun.affairs.coverage.siting.search import Found, estimate, search
from hudun.engines.acoustics.raster import level_raster, together
from hudun.geodata.projection import GeodataError

from . import town

STANDING = [Row("老北门", *town.lonlat(260, 760), 12.0, 88.0)]
SMALL: dict[str, Any] = {
    "level": 88.0, "least_m": 10.0, "new": 1, "seconds": 2.0, "coarse": 50.0, "fine": 50.0,
}  # fmt: skip


def found(
    folder: Path, standing: list[Row] = STANDING, ambient: Path | None = None, **wanted: Any
) -> Found:
    files = Files(
        File(town.buildings(folder)),
        population=File(town.population(folder)),
        ambient=None if ambient is None else File(ambient),
    )
    brief = Brief(**{**SMALL, **wanted})
    with ThreadPoolExecutor(2) as pool:
        return search(files, standing, brief, pool, lambda _share, _words: None)


def test_the_best_roof_beside_the_siren_that_stands(tmp_path: Path) -> None:
    got = found(tmp_path)
    said = answer(got)
    alone = [got.judge.gain([i], ()).people for i in got.judge.new]
    best = said["choices"][0]
    assert best["gain"]["people"] == max(alone) > 0
    assert best["sites"][0]["height"] in (21.0, 24.0), "3 m above the roof"
    assert said["proved"]
    assert said["gap"] == 0.0
    assert said["before"]["hearing"] + best["gain"]["people"] == best["after"]["hearing"]
    assert len({json.dumps(one["sites"]) for one in said["choices"]}) == len(said["choices"])


def test_what_is_chosen_is_the_best_of_all_pairs_by_its_own_sets(tmp_path: Path) -> None:
    got = found(tmp_path, source="grid", apart_m=240.0, new=2, sets="quick", alternatives=0)
    with ThreadPoolExecutor(2) as pool:
        field = spread(got.place, got.brief, got.brief.coarse)
        reach = measured(got.place, field, got.pool, got.brief, pool, lambda _d, _o: None)
    heard = (reach.sites >= reach.needed) | (reach.summed >= reach.needed)
    best = max(
        float(reach.weight[heard[list(pair)].any(axis=0)].sum())
        for pair in combinations(range(len(got.pool)), 2)
    )
    assert got.chosen.answer.value == pytest.approx(best)
    assert got.chosen.answer.bound == pytest.approx(best)


def test_one_more_siren_is_never_worth_less(tmp_path: Path) -> None:
    curve = found(tmp_path, new=2).chosen.curve
    values = [value for _count, value, _bound in curve]
    assert curve[0][0] == 0
    assert values == sorted(values)
    assert all(bound >= value for _count, value, bound in curve)


def test_a_closed_area_and_a_distance_thin_the_candidates(tmp_path: Path) -> None:
    ring = town.square(200, 200, 100)[0]
    all_, fewer = found(tmp_path), found(tmp_path, zones=[ring])
    assert len(fewer.pool) == len(all_.pool) - 1
    assert any("去掉 1 处" in line for line in fewer.pool.lines)
    far = found(tmp_path, apart_m=600.0)
    assert len(far.pool) < len(all_.pool)
    assert far.pool.roofs.max() == 21.0, "the highest stays"


def test_only_public_buildings(tmp_path: Path) -> None:
    pool = found(tmp_path, source="public").pool
    assert sorted(pool.roofs.tolist()) == [18.0, 18.0]


def test_the_fewest_say_so_if_the_sums_miss_the_share(tmp_path: Path) -> None:
    got = found(tmp_path, objective="fewest", share=0.6, source="grid", apart_m=240.0)
    said = answer(got)
    assert said["value_words"].endswith("台")
    reached = said["choices"][0]["after"]["people_share"]
    assert (said["remark"] == "") == (reached >= 0.6)


def test_more_sirens_than_are_of_use_are_not_placed(tmp_path: Path) -> None:
    got = found(tmp_path, new=6, level=110.0, alternatives=0)
    said = answer(got)
    assert len(said["choices"][0]["sites"]) < 6
    assert "再多不增加" in said["remark"]


def test_all_is_only_said_of_all() -> None:
    assert (share_words(0.99999), share_words(1.0)) == ("99.9%", "100.0%")


def test_a_share_that_no_choice_reaches_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(GeodataError, match=r"只能覆盖 .*到不了 99\.0%"):
        found(tmp_path, objective="fewest", share=0.99, apart_m=600.0)


def test_worst_served_is_said_in_decibels(tmp_path: Path) -> None:
    said = answer(found(tmp_path, objective="worst", new=2))
    assert said["value_words"].startswith("最差处比可闻限")
    assert said["bound"] <= said["value"]


@pytest.mark.parametrize("sets", ["sound", "quick"])
def test_where_it_is_noisy_more_is_needed(tmp_path: Path, sets: str) -> None:
    east = town.polygon(town.square(500, 0, 1000), day=70.0, night=40.0)
    zones = town.write_layer(tmp_path / "zones.geojson", [east])
    two: dict[str, Any] = {"sets": sets, "new": 2}
    plain, noisy = found(tmp_path, **two), found(tmp_path, ambient=zones, **two)
    assert noisy.field.needed.max() == 75.0
    assert noisy.field.needed.min() == 60.0
    assert noisy.chosen.answer.value < plain.chosen.answer.value
    assert noisy.before.hearing <= plain.before.hearing
    assert any("55～70（按功能区）" in line for line in answer(noisy)["lines"])
    calm = found(tmp_path, ambient=zones, night=True, **two)
    assert calm.chosen.answer.value >= plain.chosen.answer.value


def test_what_is_left_out_changes_nothing(tmp_path: Path) -> None:
    """Against every siren reckoned everywhere and added up."""
    pick = np.random.default_rng(3)
    rows = [
        Row(f"{n}", *town.lonlat(*pick.uniform(0, 1000, 2)), 12.0, pick.uniform(76, 86))
        for n in range(12)
    ]
    got = found(tmp_path, standing=rows, new=2, fine=25.0)
    field, judge = got.field, got.judge
    chosen = got.judged[0].choice.sites
    sirens = [*got.place.sirens, *(got.pool.siren(site, 88.0) for site in chosen)]
    with ThreadPoolExecutor(2) as pool:
        rasters = [
            level_raster(one, field.grid, got.place.scene, judge.method, pool) for one in sirens
        ]
    inside = field.ground | (field.people > 0.0)
    for count, sites in ((12, ()), (len(sirens), chosen)):
        heard = together(rasters[:count]) >= field.needed
        alone = np.sum([one >= field.needed for one in rasters[:count]], axis=0)
        assert (judge.heard(sites) == heard)[inside].all()
        twice = (alone[field.ground] >= 2).mean()
        assert sum(judge.figures(sites).overlap[2:]) == pytest.approx(twice)
    assert 0.1 < twice < 0.9


def test_where_all_hear_already_nothing_is_placed(tmp_path: Path) -> None:
    loud = [Row("响", *town.lonlat(500, 500), 60.0, 130.0)]
    said = answer(found(tmp_path, standing=loud, new=2))
    assert said["choices"][0]["sites"] == []
    assert "已经够了" in said["remark"]


def test_a_budget_is_kept_and_prices_are_asked_for(tmp_path: Path) -> None:
    said = answer(found(tmp_path, new=3, roof_fen=4_000_000, budget_fen=8_500_000))
    assert len(said["choices"][0]["sites"]) <= 2
    assert said["choices"][0]["cost_fen"] <= 8_500_000
    with pytest.raises(GeodataError, match="没有费用"):
        found(tmp_path, budget_fen=8_500_000)


def test_a_listed_place_inside_a_house_is_refused(tmp_path: Path) -> None:
    inside = ("样例", *town.lonlat(250, 250), 10.0, None)
    with pytest.raises(GeodataError, match="屋面高 18 m"):
        found(tmp_path, source="list", rows=[inside])


def test_what_the_register_does_not_know_is_assumed_and_said(tmp_path: Path) -> None:
    rows = [
        Row("甲", *town.lonlat(250, 250), None, None),
        Row("乙", *town.lonlat(745, 745), 5.0, 90.0),
    ]
    got = found(tmp_path, standing=rows)
    assert [one.height for one in got.place.sirens] == [21.0, 21.0]
    text = "\n".join(got.place.lines)
    assert "没有声压级 1 台" in text
    assert "没有高度 1 台" in text
    assert "低于所在屋面 1 台" in text


def test_without_a_siren_and_without_people(tmp_path: Path) -> None:
    got = found(tmp_path, standing=[], measure="area")
    assert got.before.covered_m2 == 0.0
    assert got.judged[0].gain.m2 == got.judged[0].after.covered_m2 > 0.0


def test_files_for_the_map(tmp_path: Path) -> None:
    got = found(tmp_path, zones=[town.square(900, 900, 50)[0]])
    names = {path.name for path in write(got, tmp_path / "out")}
    assert {"answer.json", "siting.png", "areas-1.geojson", "points-1.geojson"} <= names
    points = json.loads((tmp_path / "out/points-1.geojson").read_text())["features"]
    states = [one["properties"]["state"] for one in points]
    assert states.count("现有") == states.count("选中") == 1
    areas = json.loads((tmp_path / "out/areas-1.geojson").read_text())["features"]
    assert {one["properties"]["name"] for one in areas} >= {"现在听得到", "选址后新增", "避开区 1"}
    corner = np.array(areas[0]["geometry"]["coordinates"][0][0])
    assert np.abs(corner - [town.WEST, town.SOUTH]).max() < 0.05


def test_the_cost_is_stated_before(tmp_path: Path) -> None:
    brief = Brief(**SMALL)
    seconds, words = estimate(300, 60, 4e6, brief, 2)
    assert seconds > estimate(30, 6, 4e6, brief, 2)[0]
    assert "越好越快" in words


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = [
        "--sirens", str(town.sirens(tmp_path)), "--buildings", str(town.buildings(tmp_path)),
        "--population", str(town.population(tmp_path)), "--new", "1", "--level", "88",
        "--seconds", "2", "--fine", "50", "--least", "10", "--out", str(tmp_path / "out"),
    ]  # fmt: skip
    assert command.main(given) == 0
    *said, last = capsys.readouterr().out.strip().splitlines()
    closing = json.loads(last)
    assert closing["gap"] == 0.0
    assert len(closing["sites"]) == 1
    assert any(line.startswith("每多一台：0 台") for line in said)
    assert command.main(["--source", "roofs"]) == 2
    assert "不能选址" in capsys.readouterr().err
    bad = tmp_path / "bad.csv"
    bad.write_text("name,lon,lat,height\n甲,112.9,28.1,高\n")
    assert command.main([*given, "--candidates", str(bad)]) == 2
    assert "第 2 行" in capsys.readouterr().err
