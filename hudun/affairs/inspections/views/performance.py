"""Recording the report of a performance test."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.actions.performance import Defect
from hudun.affairs.inspections.finding import find_plate
from hudun.affairs.inspections.models import Conclusion, Grade, PerformanceTest
from hudun.affairs.inspections.roles import STAFF
from hudun.core.error import Problem
from hudun.core.ledger.forms import style
from hudun.core.plate import Plate
from hudun.core.web import actor_of, person_of


class TestForm(forms.Form):
    """Defects are typed a line each: 类型｜等级｜情况."""

    __test__ = False

    plate = forms.CharField(label="牌号", max_length=20, help_text="标识牌上的 12 位编码")
    unit = forms.CharField(label="检测单位", max_length=100)
    credit_code = forms.CharField(label="统一社会信用代码", max_length=18, required=False)
    accreditation = forms.CharField(label="资质证书编号", max_length=60)
    report_no = forms.CharField(label="报告编号", max_length=60)
    tested_on = forms.DateField(label="检测日期", widget=forms.DateInput(attrs={"type": "date"}))
    valid_until = forms.DateField(label="有效期至", widget=forms.DateInput(attrs={"type": "date"}))
    result = forms.ChoiceField(label="结论", choices=Conclusion.choices)
    summary = forms.CharField(
        label="检测意见", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    defects = forms.CharField(
        label="缺陷", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "渗漏水｜一般｜3 号口顶板渗水"}),
        help_text="每行一条：类型｜等级（一般、较大、重大）｜情况。登记后自动成为隐患。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field)

    def clean_defects(self) -> list[Defect]:
        lines = [line.strip() for line in self.cleaned_data["defects"].splitlines()]
        return [_defect(n, line) for n, line in enumerate(filter(None, lines), 1)]


def _defect(number: int, line: str) -> Defect:
    parts = [part.strip() for part in line.replace("|", "｜").split("｜", 2)]
    if len(parts) != 3 or not all(parts) or parts[1] not in Grade.values:
        raise forms.ValidationError(f"第 {number} 行应写成：类型｜等级｜情况。")
    return Defect(*parts)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    if not person_of(request).has_any_role(*STAFF):
        raise Problem("403.0")
    initial = {"plate": request.GET.get("plate", "")}
    form = TestForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, 422 if request.method == "POST" else 200)
    try:
        test = _recorded(request, dict(form.cleaned_data))
    except Problem as problem:
        if problem.status not in (404, 409, 422):
            raise
        return _refused(request, form, problem)
    messages.success(request, "已登记。")
    return redirect("performance-tests-detail", pk=test.pk)


def _recorded(request: HttpRequest, given: dict[str, Any]) -> PerformanceTest:
    plate: Plate = find_plate(person_of(request), given.pop("plate"))
    return actions.record_test(actor_of(request), plate.organ, plate, **given)


def _refused(request: HttpRequest, form: TestForm, problem: Problem) -> HttpResponse:
    for name, why in problem.fields.items():
        form.add_error(name if name in form.fields else None, why)
    if not problem.fields:
        form.add_error(None, f"{problem.what}{problem.todo}")
    return _page(request, form, problem.status)


def _page(request: HttpRequest, form: TestForm, status: int) -> HttpResponse:
    return render(request, "inspections/performance_form.html", {"form": form}, status=status)
