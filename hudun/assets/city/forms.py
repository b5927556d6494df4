"""What is said about a file when it is uploaded."""

from typing import Any

from django import forms

from hudun.core import clock
from hudun.core.ledger.forms import styled
from hudun.core.organ import Organ, User
from hudun.core.place import DATUMS

from .actions import KEEPERS, upload_layer
from .files import FORMATS, formats_said
from .models import LayerKind


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label="种类", choices=LayerKind.choices)
    name = forms.CharField(label="名称", max_length=80, help_text="例如：老城建筑 2026")
    source = forms.CharField(
        label="来源", max_length=200, help_text="谁测的、从哪里来。计算结果里会写明。"
    )
    licence = forms.CharField(label="许可", max_length=80, required=False)
    surveyed_on = forms.DateField(
        label="数据日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    datum = forms.ChoiceField(
        label="坐标系",
        choices=DATUMS,
        help_text="文件自身注明的投影照读；这里说的是经纬度有没有偏移（高德、百度的要选对）。",
    )
    simulated = forms.BooleanField(label="模拟数据（不是实测）", required=False)
    organ = forms.ModelChoiceField(Organ.objects.none(), label="所属机构", empty_label=None)
    file = forms.FileField(label="文件", required=False, allow_empty_file=True)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Organ.objects.visible_to(user).active().kind(*KEEPERS).order_by("depth", "path")
        mine = [organ.pk for organ in seen if user.has_role(upload_layer.roles, organ)]
        self.fields["organ"].queryset = seen.filter(pk__in=mine)  # type: ignore[attr-defined]
        styled(self)

    def clean_surveyed_on(self) -> Any:
        day = self.cleaned_data["surveyed_on"]
        if day > clock.today():
            raise forms.ValidationError("数据日期晚于今天。")
        return day


def kinds_said() -> list[tuple[str, str, str]]:
    """Kind, the formats it is read from, and the columns it wants."""
    return [(LayerKind(kind).label, formats_said(kind), COLUMNS[kind]) for kind in FORMATS]


COLUMNS = {
    LayerKind.BUILDINGS: "面；高度（height）或层数（floors、Floor）",
    LayerKind.TERRAIN: "第一波段为高程（m），注明坐标系",
    LayerKind.STREETS: "线；可有 width（m）",
    LayerKind.POPULATION: "点、面或 lon、lat；人口（population）；可有街道、社区",
    LayerKind.BUILT_UP: "面",
    LayerKind.AMBIENT: "面；功能区 zone（0～4），或昼间 day、夜间 night（dB）",
    LayerKind.GROUND: "面；G（0 硬～1 松软）",
}
