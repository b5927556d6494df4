"""What is typed into the shift log."""

from typing import Any

from django import forms

from hudun.core.organ import Organ, User

from .flow import WATCHMEN
from .models import EntryKind

WRITABLE = [
    (kind.value, kind.label) for kind in (EntryKind.NOTE, EntryKind.PHONE, EntryKind.INCIDENT)
]


class EntryForm(forms.Form):
    kind = forms.ChoiceField(
        label="类别", choices=WRITABLE, widget=forms.Select(attrs={"class": "form-select"})
    )
    text = forms.CharField(
        label="内容",
        max_length=2000,
        widget=forms.Textarea(
            attrs={
                "rows": 2,
                "class": "form-control",
                "placeholder": "谁、什么时候、说了什么、怎么办的",
            }
        ),
    )


class HandoverForm(forms.Form):
    handed_to = forms.ModelChoiceField(
        User.objects.none(), label="接班人", widget=forms.Select(attrs={"class": "form-select"})
    )
    handover = forms.CharField(
        label="交班说明",
        max_length=4000,
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "class": "form-control",
                "placeholder": "未办完的事、设备情况、上级交代",
            }
        ),
    )

    def __init__(self, organ: Organ, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = User.objects.filter(posts__in=organ.posts.current().filter(role__in=WATCHMEN))
        self.fields["handed_to"].queryset = choices.exclude(pk=person.pk).distinct()  # type: ignore[attr-defined]
