"""Charts and maps: what is drawn can be counted without colour."""

import re
from xml.etree import ElementTree

import pytest

from hudun.core.paper.figure import Bar, Dot, Kind, Shape, dot_map, ratio_bars, rings_of

SVG = "{http://www.w3.org/2000/svg}"
SQUARE = [[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.1], [0.0, 0.0]]
KINDS = {"well": Kind("好", Shape.CIRCLE), "bad": Kind("坏", Shape.CROSS)}


def texts(svg: bytes) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_bars_say_both_counts_and_the_share() -> None:
    said = texts(ratio_bars([Bar("甲街道", 7, 8), Bar("乙街道", 0, 0)]))
    assert "甲街道" in said
    assert "7/8　87.5%" in said
    assert "0/0　—" in said


def test_a_bar_is_as_long_as_its_share() -> None:
    svg = ElementTree.fromstring(ratio_bars([Bar("甲", 3, 4)]))
    frame, filled = (float(rect.attrib["width"]) for rect in svg.iter(f"{SVG}rect"))
    assert filled / frame == pytest.approx(0.75, abs=1e-4)


def test_a_label_is_text_and_not_markup() -> None:
    assert "<b>&\"'" in texts(ratio_bars([Bar("<b>&\"'", 1, 1)]))


def test_a_long_label_stays_on_the_paper() -> None:
    svg = ElementTree.fromstring(ratio_bars([Bar("某" * 40, 1, 1)]))
    label = next(
        node for node in svg.iter(f"{SVG}text") if node.text and node.text.startswith("某")
    )
    assert float(label.attrib["x"]) - 40 * float(label.attrib["font-size"]) >= -0.01


def test_the_legend_counts_each_kind() -> None:
    dots = [Dot(0.05, 0.05, "well"), Dot(0.02, 0.05, "well"), Dot(0.01, 0.01, "bad")]
    said = texts(dot_map([SQUARE], dots, KINDS, "审图号：示例"))
    assert {"好　2", "坏　1", "审图号：示例", "北"} <= set(said)


def test_north_is_up_and_east_is_right() -> None:
    svg = dot_map([SQUARE], [Dot(0.02, 0.02, "well"), Dot(0.08, 0.09, "well")], KINDS)
    found = ElementTree.fromstring(svg).iter(f"{SVG}circle")
    low, high = ((float(c.attrib["cx"]), float(c.attrib["cy"])) for c in list(found)[:2])
    assert high[0] > low[0]
    assert high[1] < low[1]


def test_the_scale_bar_is_true() -> None:
    svg = dot_map([SQUARE], [], KINDS).decode()
    start, end = re.search(r'd="M([\d.]+) [\d.]+v1.2H([\d.]+)v', svg).groups()  # type: ignore[union-attr]
    [said] = [text for text in texts(svg.encode()) if text.endswith("公里")]
    left, right = (
        float(x)
        for x in re.search(r'd="M([\d.]+) [\d.]+L([\d.]+)', svg).groups()  # type: ignore[union-attr]
    )
    km_across = 0.1 * 111.32
    mm_per_km = (right - left) / km_across
    assert float(end) - float(start) == pytest.approx(float(said.split()[0]) * mm_per_km, rel=0.02)


def test_rings_of_both_kinds_of_geometry() -> None:
    assert rings_of({"type": "Polygon", "coordinates": [SQUARE]}) == [SQUARE]
    assert rings_of({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}) == [SQUARE] * 2
