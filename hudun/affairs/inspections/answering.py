"""The form by which a unit says what it has done: the same by link and with an account."""

from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.http import HttpRequest

from hudun.affairs.inspections.actions.replies import MOST_CHARACTERS, MOST_PHOTOS, Photo
from hudun.affairs.inspections.models import Hazard
from hudun.affairs.inspections.roles import CHECKERS
from hudun.core.attachment.admit import MAX_BYTES, admit_photo
from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.core.organ import Organ, Role, User

ANSWERERS = CHECKERS | {Role.KEEPER}
MOST_BODY = MOST_PHOTOS * MAX_BYTES


class AnswerForm(forms.Form):
    """`token` becomes the answer's id: pressing twice answers once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="整改情况",
        max_length=MOST_CHARACTERS,
        error_messages={"required": "请写明做了什么、什么时候做完的。"},
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "class": "form-control",
                "placeholder": "做了什么？什么时候做完的？",
            }
        ),
    )

    @classmethod
    def fresh(cls, hazard: Hazard) -> "AnswerForm":
        return cls(initial={"token": new_id()}, auto_id=f"{hazard.pk.hex}_%s")

    @classmethod
    def sent(cls, hazard: Hazard, request: HttpRequest) -> "AnswerForm":
        return cls(request.POST, auto_id=f"{hazard.pk.hex}_%s")

    def refuse(self, problem: Problem) -> None:
        self.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")


def check_size(request: HttpRequest) -> None:
    """Before anything is read."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise Problem("400.0") from None
    if length > MOST_BODY:
        raise Problem("413.0")


def photos_of(request: HttpRequest, token: UUID) -> list[Photo]:
    """Admitted one by one; what is wrong with one is said of that one."""
    files: list[Any] = request.FILES.getlist("photos")
    if len(files) > MOST_PHOTOS:
        raise Problem("422.124", most=MOST_PHOTOS)
    return [_admitted(number, file, token) for number, file in enumerate(files, start=1)]


def _admitted(number: int, file: Any, token: UUID) -> Photo:
    try:
        return Photo(uuid5(token, str(number)), admit_photo(file.read(MAX_BYTES + 1)))
    except Problem as problem:
        what = f"第 {number} 张照片（{file.name}）：{problem.what}"
        raise Problem(problem.number, what, safe=problem.safe, todo=problem.todo) from problem


def stands_at(user: User, hazard: Hazard) -> Organ | None:
    """Through which organ the person may answer: one above the thing, or a unit of its plate."""
    if user.has_role(CHECKERS, hazard.organ):
        return hazard.organ
    units = hazard.plate.units.all()
    return next((unit for unit in units if user.has_role(ANSWERERS, unit)), None)
