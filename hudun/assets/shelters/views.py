"""The one page that no ledger gives: a file is added to a shelter."""

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hudun.assets.shelters import actions
from hudun.assets.shelters.ledger import ShelterLedger
from hudun.core.attachment.admit import admit_file
from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.core.ledger.ledger import ledgers
from hudun.core.web import actor_of, person_of


@require_POST
def attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    ledger = ledgers[ShelterLedger.slug]
    shelter = ledger.get(person_of(request), pk)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Problem("422.35", reason="请先选择文件。")
    data, name = admit_file(file.read()), file.name or ""
    actions.attach(actor_of(request), shelter, key=new_id(), data=data, name=name)
    messages.success(request, f"已添加：{name}。")
    return redirect(ledger.url("detail", shelter))
