"""What a passer-by may write. No name, no telephone number is asked for."""

from django import forms

from hudun.affairs.tipoffs.models import MOST_CHARACTERS


class TipoffForm(forms.Form):
    text = forms.CharField(
        label="反映问题",
        max_length=MOST_CHARACTERS,
        error_messages={"required": "请写明看到了什么、在什么位置。"},
        widget=forms.Textarea(
            attrs={
                "class": "form-control",
                "rows": 4,
                "placeholder": "看到了什么？在什么位置？",
            }
        ),
    )
    website = forms.CharField(
        label="请留空",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    """People do not see it; programs fill it in."""

    @property
    def by_a_program(self) -> bool:
        return bool(self.data.get("website"))
