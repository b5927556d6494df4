"""What a calculation is asked with."""

from typing import Any

from django import forms

from hudun.core import clock
from hudun.core.ledger.forms import style

from .asking import AMBIENT_DB, IN_SERVICE, ON_REGISTER, Settings

ZONES = [
    (zone, f"{zone} 类（昼 {day:g}，夜 {night:g} dB）") for zone, (day, night) in AMBIENT_DB.items()
]


def number(label: str, low: float, high: float, text: str = "", **more: Any) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=low, max_value=high, help_text=text, **more)


class SurveyForm(forms.Form):
    name = forms.CharField(label="名称", max_length=80)
    sirens = forms.ChoiceField(
        label="警报器",
        choices=[(IN_SERVICE, "在用的"), (ON_REGISTER, "全部在册的（含故障、维修）")],
    )
    step = number("网格间距（m）", 2, 500)
    floor = number("可闻下限（dB(A)）", 30, 120, "低于它一律算听不到。")
    margin = forms.TypedChoiceField(
        label="高出环境（dB）",
        coerce=float,
        choices=[(5.0, "5（国内）"), (10.0, "10（FEMA）"), (15.0, "15（偏严）")],
    )
    zone = forms.TypedChoiceField(
        label="声环境功能区", coerce=int, choices=ZONES, help_text="图层没有覆盖的地方按它计。"
    )
    night = forms.TypedChoiceField(
        label="时段",
        coerce=lambda text: text == "night",
        choices=[("day", "昼间"), ("night", "夜间")],
    )
    ambient = number("环境声级（dB(A)）", 0, 110, "填了就代替功能区的值。", required=False)
    ground = number("地面因子", 0, 1, "0 硬，1 松软；有图层的地方按图层。")
    edition = forms.TypedChoiceField(
        label="标准版本",
        coerce=int,
        choices=[(1996, "GB/T 17247.2—1998（ISO 9613-2:1996）"), (2024, "ISO 9613-2:2024")],
    )
    losses = number("120号公式的 Lz（dB）", 1, 30)
    celsius = number("气温（℃）", -40, 50)
    humidity = number("湿度（%）", 1, 100)
    missing = number("无高度建筑物按（m）", 0, 300)
    height_m = number("没有登记高度的警报器按（m）", 1, 400)
    level_db = number("没有登记声压级的按（30 m，dB(A)）", 80, 140)
    people = number("全区人数", 0, 1e9, "没有人口图层时，按建筑面积分摊。", required=False)
    reach = number("没有建筑物时，离警报器多远以内（m）", 100, 20_000)
    exact = forms.BooleanField(
        label="处处计算侧向绕射",
        required=False,
        help_text="不只在可闻限附近：慢几倍，差别小于 0.5 dB。",
    )

    reflections = forms.BooleanField(
        label="计外墙的一阶反射声",
        required=False,
        help_text="慢数倍至数十倍，上面估的用时要乘上去；不计则偏保守。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field)

    def settings(self) -> Settings:
        return Settings.of(self.cleaned_data)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in GROUPS.items()]


GROUPS = {
    "算什么": ["name", "sirens", "step"],
    "怎样算听得到": ["floor", "margin", "zone", "night", "ambient"],
    "传播": ["edition", "ground", "celsius", "humidity", "exact", "reflections", "losses"],
    "图层和台账里没有的": ["missing", "height_m", "level_db", "people", "reach"],
}


def initial_of(settings: Settings, name: str) -> dict[str, Any]:
    return {**settings.as_json(), "name": name, "night": "night" if settings.night else "day"}


def suggested_name() -> str:
    return f"音响覆盖 {clock.today():%Y-%m-%d}"
