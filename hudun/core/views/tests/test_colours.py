"""Every text colour can be read on its own ground: WCAG AA, 4.5 to 1, by day and by night."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[4] / "web/src/css/tokens.css"
TONES = ("ok", "warn", "bad", "info", "idle", "live", "trial", "silent")
PAIRS = [
    *(("ink", ground) for ground in ("ground", "surface", "raised")),
    *(("muted", ground) for ground in ("ground", "surface", "raised")),
    *((f"{tone}-text", f"{tone}-wash") for tone in TONES),
    *((f"{mode}-ink", mode) for mode in ("live", "trial", "silent", "brand")),
    ("brand", "surface"), ("brand", "brand-wash"), ("bad-text", "surface"),
    ("nav-ink", "nav"), ("nav-muted", "nav"),
]  # fmt: skip
MARKS = [(tone, ground) for tone in TONES[:5] for ground in ("surface", "raised")]


def block(selector: str) -> dict[str, str]:
    body = TOKENS.read_text().partition(f"{selector} {{")[2].partition("}")[0]
    return dict(re.findall(r"--hd-([a-z-]+): (#[0-9a-f]{6});", body))


def tokens(theme: str) -> dict[str, str]:
    dark = block('[data-bs-theme="dark"]') if theme == "dark" else {}
    return block(":root") | dark


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    known = tokens(theme)
    assert contrast(known[text], known[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_on_the_map_can_be_seen(theme: str, mark: str, ground: str) -> None:
    """Graphics want 3 to 1."""
    known = tokens(theme)
    assert contrast(known[mark], known[ground]) >= 3
