"""Passwords: one's own, and a new one for somebody who has lost theirs."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hudun.core.error import Problem
from hudun.core.organ import User
from hudun.core.web import actor_of, person_of
from hudun.office.actions import change_own_password, set_password
from hudun.office.forms import PasswordForm


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if form.is_valid() and _changed(request, form):
        messages.success(request, "密码已修改。")
        return redirect("account")
    status = 422 if form.is_bound else 200
    return render(request, "office/password.html", {"form": form}, status=status)


def _changed(request: HttpRequest, form: PasswordForm) -> bool:
    values = form.cleaned_data
    try:
        user = change_own_password(
            actor_of(request), person_of(request), old=values["old"], new=values["new"]
        )
    except Problem as problem:
        name = "old" if "old" in problem.fields else "new"
        form.add_error(name, problem.fields.get(name) or problem.what)
        return False
    update_session_auth_hash(request, user)
    return True


@require_POST
@never_cache
def new_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Made by the machine and shown once."""
    found = User.objects.visible_to(person_of(request)).filter(pk=pk).first()
    if found is None:
        raise Problem("404.1")
    password = secrets.token_urlsafe(12)
    set_password(actor_of(request), found, password=password)
    return render(request, "office/new_password.html", {"person": found, "password": password})
