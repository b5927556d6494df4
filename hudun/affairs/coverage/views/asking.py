"""The list of calculations, and asking for a new one with its cost said first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hudun.affairs.coverage.actions import ask_survey
from hudun.affairs.coverage.asking import Settings, extent, sirens_of
from hudun.affairs.coverage.cost import Cost
from hudun.affairs.coverage.models import Silence, Survey
from hudun.affairs.coverage.survey_form import SurveyForm, initial_of, suggested_name
from hudun.assets.city.ground import ground
from hudun.assets.sirens.models import Siren
from hudun.core.error import Problem
from hudun.core.ledger.ledger import forbid
from hudun.core.organ import Organ, User
from hudun.core.web import actor_of, person_of

SHOWN = 60
MENDABLE = (409, 413, 422)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    surveys = Survey.objects.visible_to(person).for_pages()
    context = {
        "surveys": surveys[:SHOWN],
        "silences": Silence.objects.visible_to(person)[:10],
        "may_ask": person.has_any_role(*ask_survey.roles),
    }
    return render(request, "coverage/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    office = office_of(person)
    if request.method != "POST":
        return _page(request, office, SurveyForm(initial=_first(request, person, office)))
    form = SurveyForm(request.POST)
    if not form.is_valid():
        return _page(request, office, form, 422)
    if "cost" in request.POST:
        return _page(request, office, form)
    try:
        survey = ask_survey(
            actor_of(request), office, name=form.cleaned_data["name"], settings=form.settings()
        )
    except Problem as problem:
        if problem.status not in MENDABLE:
            raise
        _refuse(form, problem)
        return _page(request, office, form, problem.status)
    messages.success(request, "已提交计算。可以离开本页，算完再来看。")
    return redirect(survey.url)


def office_of(person: User) -> Organ:
    """Where the person may ask for one."""
    for organ in person.organs():
        if person.has_role(ask_survey.roles, organ):
            return organ.seat()
    raise forbid(ask_survey)


def _first(request: HttpRequest, person: User, office: Organ) -> dict[str, object]:
    """As an earlier one was asked for, or with a step that suits the district."""
    pk = _uuid(request.GET.get("from"))
    earlier = Survey.objects.visible_to(person).filter(pk=pk).first() if pk else None
    if earlier is not None:
        return initial_of(earlier.given, earlier.name)
    settings = Settings()
    sirens = sirens_of(office, settings.sirens)
    step = extent(office, sirens, settings.reach).step_for(len(sirens)) if sirens else 20
    return initial_of(Settings(step=step), suggested_name())


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _refuse(form: SurveyForm, problem: Problem) -> None:
    for name, words in problem.fields.items():
        form.add_error(name, words)
    form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")


def _page(request: HttpRequest, office: Organ, form: SurveyForm, status: int = 200) -> HttpResponse:
    settings = _settings(form)
    sirens = sirens_of(office, settings.sirens) if settings else []
    context = {
        "form": form,
        "office": office,
        "cost": _cost(office, sirens, settings),
        "sirens": len(sirens),
        "without_height": sum(not one.height_m for one in sirens),
        "without_level": sum(not one.spl30_db for one in sirens),
        "ground": ground(office),
    }
    return render(request, "coverage/new.html", context, status=status)


def _settings(form: SurveyForm) -> Settings | None:
    if not form.is_bound:
        return Settings.of({**form.initial, "night": form.initial["night"] == "night"})
    return form.settings() if "step" in getattr(form, "cleaned_data", {}) else None


def _cost(office: Organ, sirens: list[Siren], settings: Settings | None) -> Cost | None:
    if not sirens or settings is None:
        return None
    return extent(office, sirens, settings.reach).cost(settings.step, len(sirens))
