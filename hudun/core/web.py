"""What every page shares: problems shown, log-in asked for, the person behind the request."""

import json
import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import Error as AnyDatabaseError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.deprecation import MiddlewareMixin
from django.utils.html import format_html, format_html_join

from .action import Actor
from .error import Problem
from .organ import User

log = logging.getLogger(__name__)

TOO_LARGE = 413
"""Then the body is not read, neither to answer."""
NEVER_SHOWN = ("password", "passphrase", "csrfmiddlewaretoken", "secret")


def person_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Problem("401.1")
    return request.user


def actor_of(request: HttpRequest) -> Actor:
    """The person behind the request, for an action."""
    user = person_of(request)
    return Actor(user, "api" if wants_json(request) else "web", device_of(request))


def device_of(request: HttpRequest) -> str:
    agent = request.headers.get("User-Agent", "")[:120]
    return f"{request.META.get('REMOTE_ADDR', '')} {agent}".strip()


def keep_session(request: HttpRequest) -> None:
    """The duty desk is looked at for a whole shift without a click."""
    request.session.set_expiry(settings.DUTY_SESSION_AGE)


def wants_json(request: HttpRequest) -> bool:
    return (
        request.path.startswith("/api/")
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person had filled in, so that the problem page can hand it back."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name.lower() for word in NEVER_SHOWN)
    ]


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """JSON for programs, a fragment for HTMX, a page for people."""
    if wants_json(request):
        return HttpResponse(
            json.dumps(problem.as_json(), ensure_ascii=False),
            status=problem.status,
            content_type="application/problem+json",
        )
    kept = [] if problem.status == TOO_LARGE else typed(request)
    context = {"problem": problem, "typed": kept, "fragment": is_htmx(request)}
    response = HttpResponse(_page(request, context), status=problem.status)
    if is_htmx(request):
        response["HX-Retarget"] = "#problem"
        response["HX-Reswap"] = "innerHTML"
    return response


def _page(request: HttpRequest, context: dict[str, Any]) -> str:
    try:
        template = get_template("core/problem.html")
        return str(template.render(context, request))
    except (TemplateDoesNotExist, AnyDatabaseError):
        return _bare_page(context["problem"], context["typed"])


def _bare_page(problem: Problem, fields: list[tuple[str, str]]) -> str:
    rows = format_html_join("", "<li>{}：{}</li>", fields)
    return format_html(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{} {}</title>'
        "<main><h1>{}</h1><p>{}</p><p>{}</p><p>编号 {}</p><ul>{}</ul>"
        '<p><a href="/">回到首页</a></p></main></html>',
        problem.number,
        problem.what,
        problem.what,
        problem.safe,
        problem.todo,
        problem.number,
        rows,
    )


class ProblemMiddleware(MiddlewareMixin):
    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            log.exception("the database does not answer")
            error = Problem("503.1")
        return problem_response(request, error) if isinstance(error, Problem) else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        said = problem_response(request, Problem("405.0"))
        said["Allow"] = response["Allow"]
        return said


class LoginMiddleware(LoginRequiredMiddleware):
    """Every page asks for log-in unless its view says otherwise. A page that was being filled in
    answers with a problem, so that nothing typed is lost by a redirect."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if request.method == "POST" or wants_json(request) or is_htmx(request):
            return problem_response(request, Problem("401.1"))
        return super().handle_no_permission(request, view_func)


def house(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """What every template may say about this installation."""
    return {"demo": settings.DEMO, "side": settings.SIDE}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return problem_response(request, Problem("403.2"))


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    problem = Problem("429.1", limit=settings.AXES_FAILURE_LIMIT, minutes=minutes)
    return problem_response(request, problem)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return problem_response(request, Problem("400.0"))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return problem_response(request, Problem("403.0"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return problem_response(request, Problem("404.0"))


def server_error(request: HttpRequest) -> HttpResponse:
    return problem_response(request, Problem("500.0"))
