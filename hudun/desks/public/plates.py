"""One address for everybody who scans a plate: the public reads what is public and may report a
problem; whoever is responsible for the thing gets the way to its form."""

import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hudun.affairs.tipoffs import actions
from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.organ import User
from hudun.core.plate import Plate

from .forms import TipoffForm

REPAIRABLE = (422, 429)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def plate(request: HttpRequest, code: str) -> HttpResponse:
    found = Plate.objects.active().by_code(code).select_related("organ").first()
    if found is None:
        raise Problem("404.150")
    if found.code != code:
        return redirect(found.path)
    if request.method == "POST":
        return _reported(request, found)
    return _page(request, found, TipoffForm())


def _reported(request: HttpRequest, found: Plate) -> HttpResponse:
    form = TipoffForm(request.POST)
    if form.by_a_program:
        return redirect(f"{found.path}?sent")
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        _receive(request, found, form)
    except Problem as problem:
        if problem.status not in REPAIRABLE:
            raise
        form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")
        return _page(request, found, form, status=problem.status)
    return redirect(f"{found.path}?sent")


def _receive(request: HttpRequest, found: Plate, form: TipoffForm) -> None:
    somebody = Actor.system(found.organ, "外网").because("群众扫码反映")
    actions.receive(somebody, found, text=form.cleaned_data["text"], origin=origin_of(request))


def _page(request: HttpRequest, found: Plate, form: TipoffForm, status: int = 200) -> HttpResponse:
    public = found.asset.plate_public()
    context = {
        "plate": found,
        "office": found.organ.seat(),
        "public": public,
        "form": form,
        "sent": "sent" in request.GET,
        "inside": _inside(request, found),
    }
    response = render(request, "public/plate.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _inside(request: HttpRequest, found: Plate) -> dict[str, object] | None:
    """What those see in whose subtree the thing lies, or whose unit answers for it."""
    user = request.user
    if (
        not isinstance(user, User)
        or not Plate.objects.visible_to(user).filter(pk=found.pk).exists()
    ):
        return None
    return {
        "register": found.asset.plate_register(),
        "page": found.page if user.sees(found.organ) else "",
        "form": f"/field/#/plate/{found.code}",
    }


def origin_of(request: HttpRequest) -> str:
    """A keyed digest of the sender's address (of its /64 for IPv6): enough to count by, of no use
    to find anybody."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    block = ip_network(f"{address}/{64 if address.version == 6 else 32}", strict=False)
    return hmac.new(settings.SECRET_KEY.encode(), str(block).encode(), "sha256").hexdigest()
