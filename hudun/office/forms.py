from typing import Any

from django import forms
from django.core.exceptions import ValidationError

CURRENT, NEW = {"autocomplete": "current-password"}, {"autocomplete": "new-password"}


def secret(label: str, attrs: dict[str, str]) -> forms.CharField:
    widget = forms.PasswordInput(attrs={**attrs, "class": "form-control"})
    return forms.CharField(label=label, strip=False, widget=widget)


class PasswordForm(forms.Form):
    old = secret("原密码", CURRENT)
    new = secret("新密码（至少 10 位，不能全是数字）", NEW)
    again = secret("再输一次新密码", NEW)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("new") != values.get("again"):
            raise ValidationError({"again": "两次输入的新密码不一样。"})
        return values
