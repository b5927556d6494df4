"""What a clerk says about a search for sites."""

import csv
import json
from io import StringIO
from typing import Any

import shapely
from django import forms

from hudun.affairs.coverage.siting.brief import MEASURES, OBJECTIVES, SETS, SOURCES
from hudun.affairs.coverage.siting.command import rings_of, rows_of
from hudun.core.ledger.forms import styled
from hudun.core.money import YuanField
from hudun.core.organ import Organ, OrganKind, User
from hudun.core.place import DATUMS
from hudun.engines.geodesy import Datum
from hudun.geodata.projection import GeodataError

from .actions import propose_site

LARGEST_FILE = 1024 * 1024
MOST_ROWS, MOST_ZONES, MOST_CORNERS = 1_000, 50, 5_000


def number(label: str, least: float, most: float, first: float, help_text: str = "") -> forms.Field:
    return forms.FloatField(
        label=label, min_value=least, max_value=most, initial=first, help_text=help_text,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip


def count(label: str, least: int, most: int, first: int) -> forms.Field:
    return forms.IntegerField(label=label, min_value=least, max_value=most, initial=first)


def yuan(label: str, help_text: str = "") -> forms.Field:
    return YuanField(
        label=label, required=False, decimal_places=2, max_digits=13, min_value=1,
        help_text=help_text,
    )  # fmt: skip


class SearchForm(forms.Form):
    organ = forms.ModelChoiceField(Organ.objects.none(), label="单位", empty_label=None)
    objective = forms.ChoiceField(label="目标", choices=list(OBJECTIVES.items()))
    measure = forms.ChoiceField(label="按什么算", choices=list(MEASURES.items()))
    new = count("新增台数", 1, 20, 2)
    share = number("要达到（%）", 1, 100, 95, "“达标最少”时用。")
    backup = number("第二台按几成计（%）", 1, 100, 50, "“并计第二台”时用。")
    budget_fen = yuan("费用上限（元）", "“覆盖最多”时可填。")
    cheapest = forms.BooleanField(label="达标最少按费用，不按台数", required=False)
    agreed = forms.BooleanField(label="已批准的选址算作已有", required=False, initial=True)

    source = forms.ChoiceField(label="候选点", choices=list(SOURCES.items()))
    least_m = number("屋顶至少高（m）", 0, 300, 12)
    apart_m = number("候选点相隔（m）", 20, 2_000, 100)
    mast_m = number("喇叭高出屋面（m）", 0.5, 50, 3)
    pole_m = number("立杆高（m）", 3, 100, 15)
    roof_fen = yuan("屋顶一台（元）")
    pole_fen = yuan("立杆一台（元）")
    rows = forms.FileField(
        label="候选点名单", required=False,
        help_text="CSV：name,lon,lat,height,cost（元，可空）；高度从地面算起。",
    )  # fmt: skip
    datum = forms.ChoiceField(label="名单的坐标系", choices=DATUMS)
    zones = forms.FileField(
        label="避开区", required=False, help_text="GeoJSON 多边形，经纬度（CGCS2000）。"
    )

    level = number("新警报器 30 m 处声压级（dB）", 80, 140, 110)
    floor = number("可闻下限（dB）", 30, 100, 60)
    margin = number("高出环境（dB）", 0, 30, 5)
    ambient = number("环境声级（dB）", 20, 90, 55, "没有功能区图层的地方。")
    night = forms.BooleanField(label="功能区取夜间", required=False)
    losses = number("120号公式 Lz（dB）", 1, 30, 10)
    people = forms.FloatField(
        label="人数", required=False, min_value=1, max_value=3e7,
        help_text="没有人口图层时填写，按建筑面积分摊。",
    )  # fmt: skip

    sets = forms.ChoiceField(label="挑选时的覆盖", choices=list(SETS.items()))
    coarse = number("挑选的网格（m）", 10, 500, 50)
    fine = number("报数的网格（m）", 5, 200, 20)
    seconds = number("挑选至多（秒）", 1, 600, 20)
    alternatives = count("另列方案", 0, 8, 3)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    """Files that were read already: the browser does not keep them."""

    groups = {
        "要什么": (
            "organ", "objective", "measure", "new", "share", "backup", "budget_fen", "people",
            "cheapest", "agreed",
        ),
        "可以装在哪里": (
            "source", "least_m", "apart_m", "mast_m", "pole_m", "roof_fen", "pole_fen", "rows",
            "datum", "zones",
        ),
        "警报器与可闻": ("level", "floor", "margin", "ambient", "night"),
        "计算": ("sets", "losses", "coarse", "fine", "seconds", "alternatives"),
    }  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Organ.objects.visible_to(user).active().kind(OrganKind.DISTRICT).order_by("path")
        mine = [organ.pk for organ in seen if user.has_role(propose_site.roles, organ)]
        self.fields["organ"].queryset = seen.filter(pk__in=mine)  # type: ignore[attr-defined]
        styled(self)

    def office(self) -> Organ | None:
        """The one that is chosen, else the first."""
        organs = self.fields["organ"].queryset  # type: ignore[attr-defined]
        given = str(self["organ"].value() or "")
        found: Organ | None = next((one for one in organs if str(one.pk) == given), None)
        return found or organs.first()

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.groups.items()]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        held = self.held()
        for name, read in (("rows", read_list), ("zones", read_zones)):
            given[name] = self.uploaded(given, name, read) or held.get(name, [])
        if given.get("source") == "list" and not given["rows"] and "rows" not in self.errors:
            self.add_error("rows", "请上传候选点名单。")
        self.check_prices(given)
        if given.get("fine", 0) > given.get("coarse", 1e9):
            self.add_error("fine", "报数的网格不能比挑选的还粗。")
        return given

    def check_prices(self, given: dict[str, Any]) -> None:
        prices = given.get("cheapest") and given.get("objective") == "fewest"
        source = given.get("source")
        needed = "pole_fen" if source == "grid" else "roof_fen"
        if (prices or given.get("budget_fen")) and source != "list" and not given.get(needed):
            self.add_error(needed, "按费用选时请填写。")

    def uploaded(self, given: dict[str, Any], name: str, read: Any) -> list[Any]:
        file: Any = given.get(name)
        if file is None:
            return []
        try:
            if (file.size or 0) > LARGEST_FILE:
                raise GeodataError("文件大于 1 MB")
            found: list[Any] = read(file.read(), given.get("datum"))
        except (GeodataError, ValueError) as wrong:
            self.add_error(name, str(wrong))
            return []
        return found

    def held(self) -> dict[str, Any]:
        kept = self.data.get("kept", "") if self.is_bound else self.initial.get("kept", "")
        try:
            held = json.loads(kept or "{}")
        except ValueError:
            return {}
        return held if isinstance(held, dict) and _sound(held) else {}

    def keep(self) -> str:
        """What the hidden field carries to the next step."""
        return json.dumps({name: self.cleaned_data[name] for name in ("rows", "zones")})

    def ask(self) -> dict[str, Any]:
        """The search as it is asked of the planner."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "kept"}
        given.pop("organ")
        given.pop("datum")
        budgeted = given["objective"] == "cover"
        return {
            **given,
            "share": given["share"] / 100,
            "backup": given["backup"] / 100,
            "budget_fen": given["budget_fen"] if budgeted else None,
            "cheapest": given["cheapest"] and given["objective"] == "fewest",
        }


def initial_of(ask: dict[str, Any]) -> dict[str, Any]:
    """A search as the form shows it."""
    held = json.dumps({name: ask.get(name, []) for name in ("rows", "zones")})
    shares: dict[str, Any] = {name: ask[name] * 100 for name in ("share", "backup") if name in ask}
    plain = {name: value for name, value in ask.items() if name not in ("rows", "zones")}
    shown: dict[str, Any] = {**plain, **shares, "kept": held}
    return {name: _short(value) for name, value in shown.items()}


def _short(value: Any) -> Any:
    """10, not 10.0."""
    if not isinstance(value, float):
        return value
    return int(value) if value.is_integer() else round(value, 6)


def _sound(held: dict[str, Any]) -> bool:
    """As this form wrote it; whoever changes it by hand is not believed."""
    try:
        rows = [(str(n), float(x), float(y), float(h), c) for n, x, y, h, c in held.get("rows", [])]
        zones = [[(float(x), float(y)) for x, y in ring] for ring in held.get("zones", [])]
    except (TypeError, ValueError):
        return False
    costs = all(row[4] is None or isinstance(row[4], int) for row in rows)
    return costs and len(rows) <= MOST_ROWS and len(zones) <= MOST_ZONES


def read_list(body: bytes, datum: str) -> list[Any]:
    text = body.decode("utf-8-sig", "replace")
    table = list(csv.DictReader(StringIO(text)))
    if not table:
        raise GeodataError("名单是空的")
    if len(table) > MOST_ROWS:
        raise GeodataError(f"名单最多 {MOST_ROWS:,} 处")
    return [list(row) for row in rows_of(table, "名单", Datum(datum))]


def read_zones(body: bytes, _datum: str) -> list[Any]:
    try:
        rings = rings_of(shapely.from_geojson(body.decode("utf-8-sig")))
    except (shapely.errors.GEOSException, UnicodeDecodeError) as wrong:
        raise GeodataError("不是 GeoJSON，或没有多边形") from wrong
    if not rings or len(rings) > MOST_ZONES:
        raise GeodataError(f"要有 1 到 {MOST_ZONES} 个多边形，读到 {len(rings)} 个")
    corners = [corner for ring in rings for corner in ring]
    if len(corners) > MOST_CORNERS:
        raise GeodataError(f"多边形的角点最多 {MOST_CORNERS:,} 个")
    if any(not (73.0 <= x <= 136.0 and 3.0 <= y <= 54.0) for x, y in corners):
        raise GeodataError("坐标不在中国的经纬度范围内：请用经纬度，先经后纬")
    return rings
