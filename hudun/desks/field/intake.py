"""The desk's page for a queue that came as a file."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hudun.affairs.inspections.roles import CHECKERS
from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.web import device_of, person_of, wants_json

from .queuefile import Delivered, take_in


class QueueForm(forms.Form):
    file = forms.FileField(label="队列文件（.zip）", allow_empty_file=True)


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not person.has_any_role(*CHECKERS):
        raise Problem("403.0")
    if request.method != "POST":
        return render(request, "field/queue.html", {"form": QueueForm()})
    form = QueueForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "field/queue.html", {"form": form}, status=422)
    done = take_in(Actor(person, "import", device_of(request)), form.cleaned_data["file"])
    if wants_json(request):
        return JsonResponse({"visits": [one.as_json() for one in done]})
    return _told(request, done)


def _told(request: HttpRequest, done: list[Delivered]) -> HttpResponse:
    bad = any(one.problems for one in done)
    context = {"form": QueueForm(), "done": done, "bad": bad}
    return render(request, "field/queue.html", context, status=422 if bad else 200)
