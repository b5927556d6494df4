"""The checklist of a work: a form a line."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hudun.affairs.works import actions
from hudun.affairs.works.actions.materials import Given
from hudun.affairs.works.models import Material
from hudun.core.action import Actor
from hudun.core.attachment.admit import admit_file
from hudun.core.error import Problem
from hudun.core.ledger.ledger import forbid
from hudun.core.web import actor_of, person_of

MOST_FILES = 10


@require_POST
def receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    material = _found(request, pk)
    given = _files(request)
    note = request.POST.get("note", "")
    actions.receive_material(actor_of(request), material, note=note, files=given)
    return _back(request, material, "已收到")


@require_POST
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    material = _found(request, pk)
    actions.return_material(_because(request), material)
    return _back(request, material, "已退回")


@require_POST
def waive(request: HttpRequest, pk: UUID) -> HttpResponse:
    material = _found(request, pk)
    actions.waive_material(_because(request), material)
    return _back(request, material, "不适用")


def _found(request: HttpRequest, pk: UUID) -> Material:
    person = person_of(request)
    rows = Material.objects.visible_to(person).select_related("work", "organ")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Problem("404.1")
    if not person.has_role(actions.receive_material.roles, found.organ):
        raise forbid(actions.receive_material)
    return found


def _because(request: HttpRequest) -> Actor:
    return actor_of(request).because(request.POST.get("reason", ""))


def _files(request: HttpRequest) -> list[Given]:
    """Admitted before the transaction: looking at a file takes time."""
    uploaded = request.FILES.getlist("files")
    if len(uploaded) > MOST_FILES:
        raise Problem("422.146", most=MOST_FILES)
    return [Given(file.name or "", admit_file(file.read())) for file in uploaded]


def _back(request: HttpRequest, material: Material, what: str) -> HttpResponse:
    messages.success(request, f"{what}：{material.title}。")
    return redirect(f"/works/{material.work_id}/#materials")
