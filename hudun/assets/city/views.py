"""Uploading a layer. Listing, looking, keeping and withdrawing are pages of its ledger."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hudun.core.error import Problem
from hudun.core.ledger.ledger import forbid
from hudun.core.web import actor_of, person_of

from .actions import upload_layer
from .files import LARGEST, MB, store
from .forms import UploadForm, kinds_said
from .models import Layer

MENDABLE = (409, 413, 422)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not person.has_any_role(*upload_layer.roles):
        raise forbid(upload_layer)
    if request.method != "POST":
        return _form(request, UploadForm(person, initial=dict(request.GET.items())))
    form = UploadForm(person, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, 422)
    try:
        layer = _stored(request, form)
    except Problem as problem:
        if problem.status not in MENDABLE:
            raise
        return _form(request, _refused(form, problem), problem.status)
    messages.success(request, f"已收到“{layer.name}”，正在检查；检查完毕后请确认存入。")
    return redirect("city-detail", pk=layer.pk)


def _stored(request: HttpRequest, form: UploadForm) -> Layer:
    given = dict(form.cleaned_data)
    organ, file = given.pop("organ"), given.pop("file")
    parts = file.chunks() if file else ()
    stored = store(parts, file.name if file else "", given["kind"])
    made: Layer = upload_layer(actor_of(request), organ, file=stored, **given)
    return made


def _refused(form: UploadForm, problem: Problem) -> UploadForm:
    form.add_error("file" if problem.fields else None, _words(problem))
    return form


def _words(problem: Problem) -> str:
    return f"{problem.what}{problem.todo}（{problem.number}）"


def _form(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "kinds": kinds_said(), "limit": LARGEST // MB}
    return render(request, "city/upload.html", context, status=status)
