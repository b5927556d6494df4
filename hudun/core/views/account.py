"""Logging in and out, one's own account, the colours of the page."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from hudun.core.organ import Post
from hudun.core.web import house, person_of

THEMES = ("light", "dark")
A_YEAR_S = 365 * 24 * 3600


class Login(LoginView):
    template_name = "core/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        minutes = settings.SESSION_COOKIE_AGE // 60
        lock = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        limits = {"idle_minutes": minutes, "tries": settings.AXES_FAILURE_LIMIT, "lock": lock}
        return super().get_context_data(**kwargs, **limits, **house(self.request))


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    posts = Post.objects.current().filter(user=person_of(request)).select_related("organ")
    return render(request, "core/account.html", {"posts": posts})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Kept in a cookie, so that the first paint already has it."""
    response = redirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=A_YEAR_S, samesite="Lax", secure=settings.HTTPS
        )
    else:
        response.delete_cookie("theme")
    return response


def _back(request: HttpRequest) -> str:
    url = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if own else "/"
