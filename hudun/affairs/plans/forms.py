"""What a planner types."""

from __future__ import annotations

from typing import Any

from django import forms

from hudun.core.ledger.forms import styled

from . import terms as wanted
from .models import CommunityRow, InputKind, Version

HELP = {
    "limit_m": "折成平地的米数；老人按每分 42 米。",
    "total": "人口文件只有楼栋时，把这么多人按建筑面积分到各栋；0 为不用。",
    "sites": "缺口处最多建议新建几处。",
    "size": "每处新建的容量。",
}


class TermsForm(forms.Form):
    """One field for each of `terms.NUMBERS` and `terms.SWITCHES`."""

    note = forms.CharField(label="修改说明", required=False, max_length=300)
    when = forms.ChoiceField(
        label="时段", required=False, choices=list(wanted.WHEN.items()),
        help_text="学校、单位有白天与夜间人数时用。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, usual, _, _) in wanted.NUMBERS.items():
            unit = {"limit_m": "（米）", "warning_s": "（秒）", "start_s": "（秒）"}.get(name, "")
            kind = forms.IntegerField if name in wanted.WHOLE else forms.FloatField
            self.fields[name] = kind(
                label=label + unit, initial=f"{usual:g}", help_text=HELP.get(name, "")
            )
        for name, label in wanted.SWITCHES.items():
            self.fields[name] = forms.BooleanField(label=label, required=False)
        styled(self)


class InputForm(forms.Form):
    kind = forms.ChoiceField(label="是什么", choices=InputKind.choices)
    file = forms.FileField(
        label="文件", help_text="CSV、GeoJSON、GeoPackage、OSM（.pbf）、GeoTIFF；列名见说明文档。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        styled(self)


def _moment(label: str, required: bool = False) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=required,
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": "1"}
        ),
    )  # fmt: skip


class DrillForm(forms.Form):
    community = forms.TypedChoiceField(label="社区或单位", coerce=int)
    shelter = forms.CharField(label="进入的工程", required=False, max_length=120)
    took_part = forms.IntegerField(label="参加人数", min_value=1, max_value=1_000_000)
    sounded_at = _moment("发令时间", required=True)
    first_out_at = _moment("第一人出门")
    first_in_at = _moment("第一人到口部")
    last_in_at = _moment("最后一人进入", required=True)
    finding = forms.CharField(
        label="问题与改进", required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = CommunityRow.objects.of(version).values_list("position", "name")
        self.fields["community"].choices = list(rows)  # type: ignore[attr-defined]
        styled(self)


class LeaveForm(forms.Form):
    early = forms.FloatField(label="早期（%）", min_value=0, max_value=100, initial=10)
    near = forms.FloatField(label="临战（%）", min_value=0, max_value=100, initial=15)
    urgent = forms.FloatField(label="紧急（%）", min_value=0, max_value=100, initial=5)
    gather_m = forms.FloatField(
        label="到集结点最远（米）", min_value=100, max_value=50_000, initial=1500
    )
    vehicles = forms.IntegerField(label="车辆", min_value=1, max_value=100_000, initial=100)
    seats = forms.IntegerField(label="每车座位", min_value=1, max_value=500, initial=45)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        styled(self)

    def shares(self) -> dict[str, float]:
        waves = {"早期": "early", "临战": "near", "紧急": "urgent"}
        given = {wave: self.cleaned_data[name] / 100 for wave, name in waves.items()}
        return {wave: share for wave, share in given.items() if share}
