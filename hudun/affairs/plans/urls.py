from django.http import HttpRequest
from django.urls import include, path

from hudun.core import clock
from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import Card, Line, home_card
from hudun.core.web import person_of

from .flow import READERS
from .ledger import PlanLedger, VersionLedger
from .models import Plan
from .views import drills, leaving, loss, making, maps, pages, papers

OF_VERSION = [
    path("communities/", pages.communities, name="plans-communities"),
    path("communities/<int:position>/", pages.community, name="plans-community"),
    path("communities/<int:position>/sheet.pdf", papers.sheet, name="plans-sheet"),
    path("communities/<int:position>/cards.pdf", papers.cards, name="plans-cards"),
    path("communities/<int:position>/map.svg", papers.picture, name="plans-picture"),
    path("shelters/", pages.shelters, name="plans-shelters"),
    path("shelters/<int:position>/", pages.shelter, name="plans-shelter"),
    path("shelters/<int:position>/list.pdf", papers.listed, name="plans-list-pdf"),
    path("print/", papers.whole, name="plans-print"),
    path("gaps/", pages.gaps, name="plans-gaps"),
    path("map/", maps.plan_map, name="plans-map"),
    path("clear/", maps.clear, name="plans-clear"),
    path("loss/", loss.loss, name="plans-loss"),
    path("leave/", leaving.leave, name="plans-leave"),
    path("drills/", drills.drills, name="plans-drills"),
]

urlpatterns = [
    path("versions/<uuid:pk>/", include(OF_VERSION)),
    path("versions/", include(ledger_urls(VersionLedger))),
    path("trials/<uuid:pk>/", loss.trial, name="plans-trial"),
    path("trials/<uuid:pk>/adopt/", loss.adopt, name="plans-adopt"),
    path("inputs/<uuid:pk>/withdraw/", making.withdraw_input, name="plans-withdraw-input"),
    path("<uuid:pk>/inputs/", making.add_input, name="plans-add-input"),
    path("<uuid:pk>/versions/new/", making.new_version, name="plans-new-version"),
    *ledger_urls(PlanLedger),
]


@home_card
def revisions(request: HttpRequest) -> Card | None:
    """Plans whose five years end within a year."""
    person = person_of(request)
    if not person.has_any_role(*READERS):
        return None
    due = list(Plan.objects.visible_to(person).coming_due(clock.today())[:6])
    if not due:
        return None
    lines = [
        Line(plan.title, plan.clock_words, f"/plans/{plan.pk}/",
             "bad" if plan.due_on and plan.due_on < clock.today() else "warn")
        for plan in due
    ]  # fmt: skip
    return Card("预案应修订", "clipboard-list", lines, url="/plans/", order=60)
