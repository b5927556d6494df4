"""Which page lives where. Each side of the house mounts only its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

INSIDE = [
    ("", "hudun.core.urls"),
    ("files/", "hudun.core.attachment.urls"),
    ("live/", "hudun.core.live.urls"),
    ("papers/", "hudun.core.paper.urls"),
    ("runs/", "hudun.core.planner.urls"),
    ("notices/", "hudun.core.notice.urls"),
    ("plates/", "hudun.core.plate.sheets.urls"),
    ("office/", "hudun.office.urls"),
    ("sirens/", "hudun.assets.sirens.urls"),
    ("shelters/", "hudun.assets.shelters.urls"),
    ("city/", "hudun.assets.city.urls"),
    ("soundings/", "hudun.affairs.soundings.urls"),
    ("inspections/", "hudun.affairs.inspections.urls"),
    ("funds/", "hudun.affairs.funds.urls"),
    ("works/", "hudun.affairs.works.urls"),
    ("plans/", "hudun.affairs.plans.urls"),
    ("coverage/", "hudun.affairs.coverage.urls"),
    ("tipoffs/", "hudun.affairs.tipoffs.urls"),
    ("duty/", "hudun.desks.duty.urls"),
    ("field/", "hudun.desks.field.desk_urls"),
    ("api/", "hudun.desks.api.urls"),
]
ENTRANCE = [("", "hudun.core.entrance")]
"""Logging in, where the rest of the core is not mounted."""
OUTSIDE = [
    ("", "hudun.desks.public.urls"),
    ("field/", "hudun.desks.field.urls"),
]


def _mounted() -> list[URLPattern | URLResolver]:
    table = INSIDE if settings.SIDE in ("inside", "both") else ENTRANCE
    if settings.SIDE in ("outside", "both"):
        table = [*table, *OUTSIDE]
    if settings.DEMO:
        table = [*table, ("demo/", "hudun.demo.urls")]
    return [path(prefix, include(module)) for prefix, module in table]


urlpatterns = _mounted()

handler400 = "hudun.core.web.bad_request"
handler403 = "hudun.core.web.permission_denied"
handler404 = "hudun.core.web.page_not_found"
handler500 = "hudun.core.web.server_error"
