"""Excel in: upload, preview, the clerk's word."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hudun.core.error import Problem
from hudun.core.ledger import sheet
from hudun.core.ledger.importing import Outcome, Refused, carry_out, plan, take_up
from hudun.core.ledger.ledger import Ledger, forbid
from hudun.core.ledger.models import ImportDraft
from hudun.core.organ import User
from hudun.core.web import actor_of, person_of

from .exporting import attachment, headings

SHOWN = 300
"""Rows of each kind in the preview; the counts are of all."""


def _clerk(request: HttpRequest, ledger: Ledger[Any]) -> User:
    user = person_of(request)
    assert ledger.create is not None
    if not ledger.may_create(user):
        raise forbid(ledger.create)
    return user


def upload(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    user = _clerk(request, ledger)
    if request.method != "POST":
        return render(request, "core/ledger/import.html", {"ledger": ledger})
    file = request.FILES.get("file")
    try:
        draft = _taken_up(ledger, user, file)
    except sheet.Unreadable as error:
        context = {"ledger": ledger, "error": Problem("422.5", reason=str(error))}
        return render(request, "core/ledger/import.html", context, status=422)
    return redirect(ledger.url("import-draft", pk=draft.pk))


def _taken_up(
    ledger: Ledger[Any], user: User, file: UploadedFile[Any] | list[object] | None
) -> ImportDraft:
    if not isinstance(file, UploadedFile):
        raise sheet.Unreadable("请先选择文件。")
    return take_up(ledger, user, file, file.size or 0, file.name or "")


def confirm(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    user = _clerk(request, ledger)
    draft = ImportDraft.objects.waiting(ledger.slug, user).filter(pk=pk).first()
    if draft is None:
        raise Problem("409.10" if ImportDraft.objects.filter(pk=pk).exists() else "404.1")
    if request.method != "POST":
        return _preview(request, ledger, draft, plan(ledger, user, draft))
    keep_good = request.POST.get("keep") == "good"
    try:
        done = carry_out(ledger, actor_of(request), draft, keep_good=keep_good)
    except Refused as refused:
        return _preview(request, ledger, draft, refused.outcome, 422)
    counts = done.counts
    messages.success(
        request,
        f"导入完成：新增 {counts['new']} 条，修改 {counts['change']} 条，"
        f"没有变化 {counts['same']} 条，未导入 {counts['bad']} 条。",
    )
    return redirect(ledger.url("list"))


def _preview(
    request: HttpRequest, ledger: Ledger[Any], draft: ImportDraft, found: Outcome, status: int = 200
) -> HttpResponse:
    count = found.counts["bad"]
    context = {
        "error": Problem("422.6", count=count) if count else None,
        "ledger": ledger,
        "draft": draft,
        "outcome": found,
        "bad": found.of("bad")[:SHOWN],
        "new": found.of("new")[:SHOWN],
        "change": found.of("change")[:SHOWN],
        "limit": SHOWN,
        "refused": status == 422,
    }
    return render(request, "core/ledger/import_preview.html", context, status=status)


def template(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """An empty sheet with the headings and what may be filled in."""
    user = _clerk(request, ledger)
    body = sheet.write(ledger.noun, headings(ledger, user), [])
    return attachment(body, f"{ledger.noun}导入模板.xlsx")
