"""What an applicant or a clerk types for a computation."""

from decimal import Decimal
from typing import Any

from django import forms

from hudun.core.ledger.forms import styled

from .levy import Building, Project, Terms, Use

MOST_BUILDINGS = 30
AREA = {"min_value": 0, "max_value": Decimal(10_000_000), "decimal_places": 2}


class ProjectForm(forms.Form):
    day = forms.DateField(
        label="核算日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    city_class = forms.ChoiceField(label="城市类别")
    percent = forms.DecimalField(
        label="本地比例（%）",
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text="规定只给幅度时填写。",
    )
    built = forms.DecimalField(label="已建（拟建）防空地下室（m²）", required=False, **AREA)  # type: ignore[arg-type]
    price = forms.DecimalField(
        label="易地建设费单价（元/m²）",
        required=False,
        min_value=0,
        max_value=100_000,
        decimal_places=2,
    )
    price_source = forms.CharField(label="单价的依据（文号）", required=False, max_length=100)
    late_days = forms.IntegerField(label="逾期天数", required=False, min_value=0, max_value=36_500)
    in_zone = forms.BooleanField(label="在开发区、工业园区、保税区或重要经济目标区", required=False)
    unsuited = forms.BooleanField(label="经批准：地质、地形等原因不宜修建", required=False)

    def __init__(self, terms: Terms, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city_class"].choices = [(c, c) for c in terms.classes]  # type: ignore[attr-defined]
        styled(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("price") is not None and not given.get("price_source", "").strip():
            self.add_error("price_source", "填写单价时请写明文号。")
        return given

    def project(self, buildings: tuple[Building, ...]) -> Project:
        given = self.cleaned_data
        price = given["price"]
        return Project(
            buildings,
            given["city_class"],
            in_zone=given["in_zone"],
            percent=given["percent"],
            built=given["built"] or Decimal(0),
            unsuited=given["unsuited"],
            price_fen=None if price is None else int(price * 100),
            price_source=given["price_source"],
            late_days=given["late_days"] or 0,
        )


class BuildingForm(forms.Form):
    name = forms.CharField(label="楼栋", max_length=40)
    use = forms.ChoiceField(label="用途", choices=Use.choices)
    above_ground = forms.DecimalField(label="地面建筑面积（m²）", **AREA)  # type: ignore[arg-type]
    first_floor = forms.DecimalField(label="首层建筑面积（m²）", **AREA)  # type: ignore[arg-type]
    floors = forms.IntegerField(label="地上层数", min_value=1, max_value=200)
    depth = forms.DecimalField(label="基础埋深（m）", min_value=0, max_value=200, decimal_places=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        styled(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        above, first = given.get("above_ground"), given.get("first_floor")
        if above is not None and first is not None and first > above:
            self.add_error("first_floor", "首层面积不应大于地面建筑面积。")
        return given

    def building(self) -> Building:
        return Building(**{**self.cleaned_data, "use": Use(self.cleaned_data["use"])})


Buildings = forms.formset_factory(
    BuildingForm,
    extra=0,
    min_num=1,
    validate_min=True,
    max_num=MOST_BUILDINGS,
    absolute_max=MOST_BUILDINGS,
)
