"""A visit is delivered: once, twice, wrongly, from elsewhere."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hudun.affairs.inspections.actions import receive_visit, void_visit
from hudun.affairs.inspections.finding import find_plate, find_visit
from hudun.affairs.inspections.models import CheckTemplate, PhotoPromise, Visit, VisitAnswer
from hudun.affairs.inspections.testing import make_package
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.identity import new_id
from hudun.core.journal.models import JournalLine
from hudun.core.outbox.models import Event
from hudun.core.plate import Plate
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db

SIREN = "siren-patrol"
Package = dict[str, Any]


def lines() -> int:
    return JournalLine.objects.filter(verb="inspections.receive_visit").count()


def test_a_visit_arrives_with_what_follows_from_it(cast: Cast, plate: Plate) -> None:
    photos = {"mount_firm": [b"one", b"two"]}
    package = make_package(plate, SIREN, fail=["mount_firm", "silent_test"], photos=photos)
    visit = receive_visit(cast.actor("zhao"), plate, package)
    assert (str(visit.pk), visit.plate, visit.organ) == (package["visit"], plate, plate.organ)
    assert (visit.points, visit.out_of, visit.tenths) == (70, 100, 700)
    assert (visit.vetoed, visit.failures) == (True, 2)
    assert (visit.inspector, visit.delivered_by) == (cast.zhao, cast.zhao)
    assert [photo.key for photo in visit.promised.all()] == ["mount_firm"] * 2
    assert not visit.complete
    assert visit.package == package, "kept as it came"
    assert Visit.objects.get().score.points == 70
    assert lines() == 1
    event = Event.objects.get(name="inspections.visit_received")
    assert event.payload == {"visit": package["visit"], "plate": str(plate.pk), "failures": 2}


def test_the_same_again_changes_nothing(cast: Cast, plate: Plate) -> None:
    package = make_package(plate, SIREN, fail=["mount_firm"])
    first = receive_visit(cast.actor("zhao"), plate, package)
    again = receive_visit(cast.actor("zhao"), plate, dict(reversed(package.items())))
    assert again == first
    assert (Visit.objects.count(), lines(), Event.objects.filter(name__contains="visit").count()) \
        == (1, 1, 1)  # fmt: skip


def test_other_content_under_the_same_number_is_refused(cast: Cast, plate: Plate) -> None:
    package = make_package(plate, SIREN)
    receive_visit(cast.actor("zhao"), plate, package)
    with pytest.raises(Problem) as problem:
        receive_visit(cast.actor("zhao"), plate, {**package, "comment": "改过"})
    assert problem.value.number == "409.100"
    assert Visit.objects.get().comment == ""


def test_a_photo_number_belongs_to_one_visit(cast: Cast, plate: Plate) -> None:
    package = make_package(plate, SIREN, photos={"mains": [b"x"]})
    receive_visit(cast.actor("zhao"), plate, package)
    with pytest.raises(Problem) as problem:
        receive_visit(cast.actor("zhao"), plate, {**package, "visit": str(new_id())})
    assert (problem.value.number, list(problem.value.fields)) == ("409.101", ["photos[0].id"])
    assert (Visit.objects.count(), PhotoPromise.objects.count()) == (1, 1)


def _set(path: str, value: Any) -> Callable[[Package], None]:
    def change(package: Package) -> None:
        *steps, last = [int(s) if s.isdigit() else s for s in path.split(".")]
        at: Any = package
        for step in steps:
            at = at[step]
        at[last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value", "number", "field"),
    [
        ("format", "hudun-visit/9", "422.102", "format"),
        ("visit", "x", "422.101", "visit"),
        ("visit", None, "422.101", "visit"),
        ("visit", 7, "422.101", "visit"),
        ("plate", "AB", "422.101", "plate"),
        ("plate", "ZZZZZZZZZZZZ", "422.101", "plate"),
        ("campaign", "0190d3d0-0000-7000-8000-000000000000", "422.105", "campaign"),
        ("template", "no-such", "422.103", "template"),
        ("template", "shelter-patrol", "422.101", "template"),
        ("version", 99, "422.103", "template"),
        ("version", True, "422.101", "version"),
        ("started", "2026-01-01T08:00:00", "422.101", "started"),
        ("started", "yesterday", "422.101", "started"),
        ("finished", "2019-01-01T08:00:00+08:00", "422.101", "finished"),
        ("position", {"lon": 200, "lat": 1}, "422.101", "position.lon"),
        ("position", {"lon": 112, "lat": None}, "422.101", "position"),
        ("answers", None, "422.101", "answers"),
        ("answers.0.item", "no_such_item", "422.104", "answers[0].item"),
        ("answers.1.item", "mount_firm", "422.101", "answers[1].item"),
        ("answers.0.result", "good", "422.101", "answers[0].result"),
        ("answers.0.result", [], "422.101", "answers[0].result"),
        ("answers.4.value", float("inf"), "422.101", "answers[4].value"),
        ("answers.0.comment", "长" * 2001, "422.101", "answers[0].comment"),
        ("answers.0.photos", ["0190d3d0-0000-7000-8000-000000000000"], "422.101",
         "answers[0].photos"),
        ("no_deficiencies", "yes", "422.101", "no_deficiencies"),
        ("photos.0.sha256", "A" * 64, "422.101", "photos[0].sha256"),
        ("photos.0.size", -1, "422.101", "photos[0].size"),
        ("photos.0.media_type", "text/html", "422.101", "photos[0].media_type"),
    ],
)  # fmt: skip
def test_a_wrong_package_is_refused_by_the_field(
    cast: Cast, plate: Plate, path: str, value: Any, number: str, field: str
) -> None:
    package = make_package(plate, SIREN, photos={"cabinet_locked": [b"x"]})
    _set(path, value)(package)
    with pytest.raises(Problem) as problem:
        receive_visit(cast.actor("zhao"), plate, package)
    assert (problem.value.number, list(problem.value.fields)) == (number, [field])
    assert not Visit.objects.exists()
    assert not CheckTemplate.objects.exists()


@pytest.mark.parametrize("package", [None, [], "x", {}, {"format": "hudun-visit/1"}])
def test_something_that_is_no_package(cast: Cast, plate: Plate, package: Any) -> None:
    with pytest.raises(Problem, match=r"422\.10[12]"):
        receive_visit(cast.actor("zhao"), plate, package)


@pytest.mark.parametrize(("who", "number"), [("wang", "403.1"), ("qian", "404.1")])
def test_who_may_not(cast: Cast, plate: Plate, who: str, number: str) -> None:
    package = make_package(plate, SIREN)
    with pytest.raises(Problem) as problem:
        receive_visit(cast.actor(who), plate, package)
    assert problem.value.number == number
    receive_visit(cast.actor("zhao"), plate, package)
    with pytest.raises(Problem) as problem:
        receive_visit(cast.actor(who), plate, package)
    assert problem.value.number == number, "also of what is already there"


def test_another_district_finds_neither_plate_nor_visit(cast: Cast, plate: Plate) -> None:
    visit = receive_visit(cast.actor("zhao"), plate, make_package(plate, SIREN))
    assert find_plate(cast.zhao, plate.code.lower()) == plate
    assert find_visit(cast.li, visit.pk) == visit
    with pytest.raises(Problem, match=r"404\.100"):
        find_plate(cast.qian, plate.code)
    with pytest.raises(Problem, match=r"404\.101"):
        find_visit(cast.qian, visit.pk)


def test_an_exported_queue_is_delivered_for_the_inspector(cast: Cast, plate: Plate) -> None:
    package = make_package(plate, SIREN)
    visit = receive_visit(cast.actor("zhang"), plate, package, inspector=cast.zhao)
    assert (visit.inspector, visit.delivered_by) == (cast.zhao, cast.zhang)
    assert receive_visit(cast.actor("zhao"), plate, package) == visit
    with pytest.raises(Problem, match=r"422\.107"):
        receive_visit(cast.actor("zhang"), plate, make_package(plate, SIREN), inspector=cast.qian)


def test_a_phone_whose_clock_is_wrong_loses_nothing(cast: Cast, plate: Plate) -> None:
    ahead = make_package(plate, SIREN, finished=clock.now() + timedelta(days=400))
    visit = receive_visit(cast.actor("zhao"), plate, ahead)
    assert visit.clock_was_wrong
    assert visit.made_at == visit.received_at


def test_a_number_is_judged_here(cast: Cast, plate: Plate) -> None:
    package = make_package(plate, SIREN)
    at = next(i for i, a in enumerate(package["answers"]) if a["item"] == "mains")
    package["answers"][at] |= {"value": 250, "result": "pass"}
    visit = receive_visit(cast.actor("zhao"), plate, package)
    answer = VisitAnswer.objects.get(visit=visit, key="mains")
    assert (answer.ticked, answer.result, visit.failures) == ("pass", "fail", 1)


def test_all_clear_only_if_no_answer_says_otherwise(cast: Cast, plate: Plate) -> None:
    clear = make_package(plate, SIREN, no_deficiencies=True)
    assert receive_visit(cast.actor("zhao"), plate, clear).all_clear
    torn = make_package(plate, SIREN, no_deficiencies=True, fail=["mains"])
    assert not receive_visit(cast.actor("zhao"), plate, torn).all_clear


def test_a_void_needs_a_reason_and_keeps_the_record(cast: Cast, plate: Plate) -> None:
    visit = receive_visit(cast.actor("zhao"), plate, make_package(plate, SIREN))
    with pytest.raises(Problem, match=r"422\.1 "):
        void_visit(cast.actor("li"), visit)
    with pytest.raises(Problem, match=r"403\.1"):
        void_visit(cast.actor("zhao"), visit, reason="走错了")
    void_visit(cast.actor("li"), visit, reason="走错了工程")
    assert not Visit.objects.standing().exists()
    assert Visit.objects.get().void_reason == "走错了工程"
    with pytest.raises(Problem, match=r"409\.102"):
        void_visit(cast.actor("li"), visit, reason="再来")
