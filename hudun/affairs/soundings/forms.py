"""What is typed on the planning pages. Whom a plan means is chosen on the map or in lists."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms

from hudun.assets.sirens.models import WIRE_LIMIT
from hudun.core.organ import Organ
from hudun.wire.frames import Mode

from .models import MODES, TargetKind
from .rulebook import signals, timetables_from

TYPED = {Mode.LIVE: "实警", Mode.TRIAL: "试鸣", Mode.SILENT: "静默测试"}
"""Typed by hand when an immediate order is drafted; signing asks for more."""
MOST_NAMED = 8


def numbers_in(text: str) -> list[int]:
    """`3, 5-7` and `3、5` are sirens 3, 5, 6, 7. ValueError for anything else."""
    numbers: set[int] = set()
    for part in text.replace("，", ",").replace("、", ",").replace(" ", ",").split(","):
        first, _, last = part.partition("-")
        if part:
            numbers.update(_span(int(first), int(last or first)))
    return sorted(numbers)


def _span(first: int, last: int) -> range:
    """No siren has a number beyond the limit: a slip of the finger must not fill the memory."""
    if not 1 <= first <= last <= WIRE_LIMIT:
        raise ValueError(f"{first}-{last}")
    return range(first, last + 1)


class TargetForm(forms.Form):
    target_kind = forms.ChoiceField(
        label="范围", choices=TargetKind.choices, initial=TargetKind.ALL, widget=forms.RadioSelect
    )
    organs = forms.MultipleChoiceField(
        label="街道", required=False, widget=forms.CheckboxSelectMultiple
    )
    group = forms.ChoiceField(
        label="编组", required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    area = forms.CharField(label="地图范围", required=False, widget=forms.HiddenInput)
    sirens = forms.CharField(
        label="警报器编号",
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "例如 3、5、8-12"}),
    )

    def __init__(self, office: Organ, *args: Any, **kwargs: Any) -> None:
        from .views.base import groups_of, streets_of

        super().__init__(*args, **kwargs)
        streets = [(str(organ.pk), organ.name) for organ in streets_of(office)]
        groups = [(str(group.number), str(group)) for group in groups_of(office)]
        self.fields["organs"].choices = streets  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", "请选择"), *groups]  # type: ignore[attr-defined]

    def target(self) -> dict[str, Any]:
        """In the form that plans and orders keep; see Plan."""
        given = self.cleaned_data
        return {
            TargetKind.ALL: {},
            TargetKind.SUBDISTRICT: {"organs": given.get("organs", [])},
            TargetKind.GROUP: {"group": int(given.get("group") or 0)},
            TargetKind.AREA: {"area": given.get("area")},
            TargetKind.SIRENS: {"sirens": given.get("sirens", [])},
        }[TargetKind(given["target_kind"])]

    def clean_area(self) -> Any:
        text = self.cleaned_data["area"]
        try:
            return json.loads(text) if text else None
        except ValueError:
            raise forms.ValidationError("地图范围读不出来，请重新划定。") from None

    def clean_sirens(self) -> list[int]:
        try:
            return numbers_in(self.cleaned_data["sirens"])
        except ValueError:
            raise forms.ValidationError("请写编号，用顿号或逗号隔开，例如 3、5、8-12。") from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        needed = {
            TargetKind.SUBDISTRICT: ("organs", "请至少选一个街道。"),
            TargetKind.GROUP: ("group", "请选编组。"),
            TargetKind.AREA: ("area", "请在地图上划定范围。"),
            TargetKind.SIRENS: ("sirens", "请写警报器编号。"),
        }
        field, words = needed.get(given.get("target_kind", ""), ("", ""))
        if field and field not in self.errors and not given.get(field):
            self.add_error(field, words)
        return given


class PlanForm(TargetForm):
    name = forms.CharField(
        label="名称", max_length=100, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    day = forms.DateField(
        label="日期", widget=forms.DateInput(attrs={"class": "form-control", "type": "date"})
    )
    timetable = forms.ChoiceField(
        label="时间表", widget=forms.Select(attrs={"class": "form-select"})
    )
    mode = forms.TypedChoiceField(
        label="方式", coerce=int, choices=[], initial=Mode.TRIAL.value, widget=forms.RadioSelect
    )
    drill = forms.BooleanField(label="演练（人员演练，警报器试鸣或静默）", required=False)
    notice_text = forms.CharField(
        label="公告正文",
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 10}),
    )

    def __init__(self, office: Organ, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(office, *args, **kwargs)
        tables = list(timetables_from(office, today).items())
        self.fields["timetable"].choices = tables  # type: ignore[attr-defined]
        self.fields["mode"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in MODES if value != Mode.LIVE.value
        ]

    def given(self) -> dict[str, Any]:
        """As draft_plan and edit_plan take it."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "day": data["day"],
            "timetable_key": data["timetable"],
            "target_kind": data["target_kind"],
            "target": self.target(),
            "mode": Mode(data["mode"]),
            "drill": data["drill"],
        }


class ImmediateForm(TargetForm):
    signal = forms.ChoiceField(label="信号", widget=forms.RadioSelect)
    purpose = forms.CharField(
        label="用途",
        max_length=200,
        widget=forms.TextInput(
            attrs={"class": "form-control", "placeholder": "例如 山洪预警、设备试验"}
        ),
    )
    typed = forms.CharField(
        label="确认",
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )

    def __init__(self, office: Organ, today: date, mode: Mode, *args: Any, **kwargs: Any) -> None:
        super().__init__(office, *args, **kwargs)
        self.mode = mode
        names = [(name, name) for name in signals(office, today)]
        self.fields["signal"].choices = names  # type: ignore[attr-defined]
        self.fields["typed"].label = f"请输入“{TYPED[mode]}”"

    def clean_typed(self) -> str:
        typed = str(self.cleaned_data["typed"]).strip()
        if typed != TYPED[self.mode]:
            raise forms.ValidationError(f"这里要一字不差地输入“{TYPED[self.mode]}”。")
        return typed


class HandStartForm(forms.Form):
    """Which sirens people started by hand in this sounding, in which signals."""

    sirens = forms.CharField(
        label="警报器编号",
        widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "例如 3、5、8-12"}),
    )
    signals = forms.TypedMultipleChoiceField(
        label="鸣放了的信号", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    at = forms.DateTimeField(
        label="启动时间（北京时间）",
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M:%S",
            attrs={"class": "form-control", "type": "datetime-local", "step": "1"},
        ),
    )
    note = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={"class": "form-control", "placeholder": "例如 陈管理在现场按时启动"}
        ),
    )

    def __init__(
        self, labels: Sequence[str], addressed: Collection[int], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.addressed = addressed
        choices = [(n, label) for n, label in enumerate(labels, 1)]
        self.fields["signals"].choices = choices  # type: ignore[attr-defined]

    def clean_sirens(self) -> list[int]:
        try:
            numbers = numbers_in(self.cleaned_data["sirens"])
        except ValueError:
            raise forms.ValidationError("请写编号，用顿号或逗号隔开，例如 3、5、8-12。") from None
        strangers = [number for number in numbers if number not in self.addressed]
        if strangers or not numbers:
            named = "、".join(map(str, strangers[:MOST_NAMED])) or "空白"
            raise forms.ValidationError(f"这次鸣放没有给 {named} 号警报器下令。")
        return numbers
