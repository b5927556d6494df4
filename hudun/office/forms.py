from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hudun.core.ledger.forms import style

CURRENT, NEW = {"autocomplete": "current-password"}, {"autocomplete": "new-password"}


def secret(label: str, attrs: dict[str, str], help_text: str = "") -> forms.CharField:
    field = forms.CharField(label=label, strip=False, widget=forms.PasswordInput(attrs))
    field.help_text = help_text
    style(field)
    return field


class PasswordForm(forms.Form):
    old = secret("原密码", CURRENT)
    new = secret("新密码", NEW, "至少 10 位，不能全是数字，也不能是常见密码。")
    again = secret("再输一次新密码", NEW)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("new") != values.get("again"):
            raise ValidationError({"again": "两次输入的新密码不一样。"})
        return values
