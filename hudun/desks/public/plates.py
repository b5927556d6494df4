"""One address for everybody who scans a plate: the public reads what is public and may report a
problem; whoever is responsible for the thing gets the way to its form."""

import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hudun.affairs.inspections.models import Hazard
from hudun.affairs.tipoffs import actions
from hudun.affairs.tipoffs.models import MOST_PHOTOS
from hudun.core.action import Actor
from hudun.core.attachment.admit import MAX_BYTES, admit_photo
from hudun.core.error import Problem
from hudun.core.organ import User
from hudun.core.plate import Plate

from .forms import TipoffForm

MOST_BODY = MOST_PHOTOS * MAX_BYTES
REPAIRABLE = (413, 415, 422, 429)
SHOWN_HAZARDS = 20


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def plate(request: HttpRequest, code: str) -> HttpResponse:
    """No CSRF token: a report rides on no cookie, and the size is looked at before the body."""
    check_size(request)
    found = Plate.objects.active().by_code(code).select_related("organ").first()
    if found is None:
        raise Problem("404.150")
    if found.code != code:
        return redirect(found.path)
    if request.method == "POST":
        return _reported(request, found)
    return _page(request, found, TipoffForm())


def check_size(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BODY:
        raise Problem("413.0")


def _reported(request: HttpRequest, found: Plate) -> HttpResponse:
    form = TipoffForm(request.POST)
    if form.by_a_program:
        return redirect(f"{found.path}?sent")
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        _receive(request, found, form.cleaned_data["text"])
    except Problem as problem:
        if problem.status not in REPAIRABLE:
            raise
        form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")
        return _page(request, found, form, status=problem.status)
    return redirect(f"{found.path}?sent")


def _receive(request: HttpRequest, found: Plate, text: str) -> None:
    """Whoever has sent too much has no photo looked at: that costs time."""
    origin, sent = origin_of(request), request.FILES.getlist("photos")
    if len(sent) > MOST_PHOTOS:
        raise Problem("422.152", most=MOST_PHOTOS)
    actions.check_limits(found, origin)
    photos = [admit_photo(photo.read()) for photo in sent]
    somebody = Actor.system(found.organ, "外网").because("群众扫码反映")
    actions.receive(somebody, found, text=text, origin=origin, photos=photos)


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
        "hazards": Hazard.objects.open().of_plate(found).worst_first()[:SHOWN_HAZARDS],
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
