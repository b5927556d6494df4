"""验收 → 备案 → 登记 → 挂牌 → 建档."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hudun.affairs.works import actions
from hudun.affairs.works.models import Material, Stage, Work
from hudun.assets.shelters.models import Shelter
from hudun.core import clock
from hudun.core.deadline.models import Deadline
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import verify
from hudun.core.organ import Organ
from hudun.core.outbox.models import Event
from hudun.core.plate import Plate
from hudun.core.rule import rule
from hudun.core.rule.actions import override_rule
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db

TENTH = date(2026, 9, 10)
NOON = datetime(2026, 9, 20, 4, tzinfo=UTC)
REPORT: dict[str, Any] = {
    "accepted_on": TENTH,
    "quality_body": "天心区质监站",
    "quality_report": "质监〔2026〕12号",
    "acceptance_note": "符合设计和验收规范",
}
HandIn = Callable[..., None]


@pytest.fixture(autouse=True)
def september() -> Any:
    with clock.frozen(NOON):
        yield


@pytest.fixture
def accepted(cast: Cast, work: Work) -> Work:
    return actions.accept(cast.actor("li"), work, **REPORT)


@pytest.fixture
def filed(cast: Cast, accepted: Work, hand_in: HandIn) -> Work:
    hand_in("filing")
    return actions.file(cast.actor("li"), accepted, filed_on=date(2026, 9, 18))


def test_the_whole_way(cast: Cast, filed: Work, hand_in: HandIn) -> None:
    li = cast.actor("li")
    registered = actions.register(li, filed, shelter_number="天-012")
    shelter = Shelter.objects.get()
    assert registered.shelter == shelter
    assert (shelter.number, shelter.name, shelter.built_year, shelter.built_m2) == (
        "天-012", "白沙井社区二期地下车库", 2026, 3200.0,
    )  # fmt: skip
    assert (shelter.organ, shelter.maintainer_name) == (filed.organ, "安居物业有限公司")
    plate = Plate.objects.of(shelter).active().get()
    actions.hang(li, registered, hung_on=date(2026, 9, 19))
    hand_in("archive")
    done = actions.archive(li, registered)
    assert (done.state, done.file_number) == ("archived", "430103-人防-2026-0001")
    shelter.refresh_from_db()
    assert shelter.file_number == done.file_number
    assert Event.objects.filter(name="works.archived").count() == 1
    line = JournalLine.objects.filter(verb="works.register").get()
    assert line.content["note"] == {"plate": plate.code}
    assert list(verify()) == []


def test_the_limit_for_filing_is_fifteen_calendar_days(accepted: Work) -> None:
    assert accepted.filing_due == date(2026, 9, 25)
    deadline = Deadline.objects.of(accepted).get()
    assert (deadline.due_at, deadline.calendar) == (
        datetime(2026, 9, 25, 16, tzinfo=UTC),
        "自然日",
    ), "the end of that day in Beijing"


def test_an_office_may_count_working_days(cast: Cast, work: Work) -> None:
    value = rule("works", "43", TENTH).value
    own = {**value, "filing": {**value["filing"], "working": True}}
    override_rule(
        cast.actor("li").because("本地办事指南"),
        cast.stage.tianxin,
        topic="works",
        value=own,
        since=date(2026, 1, 1),
        clause="办事指南",
    )
    accepted = actions.accept(cast.actor("li"), work, **REPORT)
    assert accepted.filing_due == date(2026, 10, 8), (
        "September 20 works, 25 to 27 and October 1 to 7 do not"
    )
    assert "chinesecalendar" in Deadline.objects.of(accepted).get().calendar


def test_what_is_missing_is_named_all_at_once(cast: Cast, accepted: Work, hand_in: HandIn) -> None:
    hand_in("filing", "质量保修书", "面积测绘报告")
    with pytest.raises(Problem) as caught:
        actions.file(cast.actor("li"), accepted, filed_on=date(2026, 9, 18))
    assert caught.value.number == "409.140"
    assert "还缺：质量保修书；面积测绘报告。" in caught.value.what
    accepted.refresh_from_db()
    assert accepted.state == "accepted"


def test_built_too_little_needs_the_receipt_of_the_fee(
    cast: Cast, accepted: Work, hand_in: HandIn
) -> None:
    li, day = cast.actor("li"), date(2026, 9, 18)
    hand_in("filing")
    actions.edit_work(li, accepted, built_m2=2900.5)
    with pytest.raises(Problem, match=r"少 99\.5 m²"):
        actions.file(li, accepted, filed_on=day)
    actions.edit_work(li, accepted, fee_document="2026-0031")
    assert actions.file(li, accepted, filed_on=day).state == "filed"


def test_late_filing_is_taken_and_noted(cast: Cast, accepted: Work, hand_in: HandIn) -> None:
    hand_in("filing")
    with clock.frozen(datetime(2026, 9, 30, 4, tzinfo=UTC)):
        assert Deadline.objects.of(accepted).overdue().exists()
        actions.file(cast.actor("li"), accepted, filed_on=date(2026, 9, 30))
    line = JournalLine.objects.filter(verb="works.file").get()
    assert line.content["note"] == {"days_late": 5}
    assert not Deadline.objects.of(accepted).open().exists()


def test_a_failed_acceptance_is_kept_and_repeated(cast: Cast, work: Work) -> None:
    li = cast.actor("li")
    actions.fail(li, work, **{**REPORT, "acceptance_note": "防护门漏焊"})
    assert not Deadline.objects.of(work).exists()
    assert actions.accept(li, work, **REPORT).state == "accepted"
    verbs = list(JournalLine.objects.of(work).values_list("verb", flat=True))
    assert verbs == ["works.accept", "works.fail", "works.open"]


@pytest.mark.parametrize("day", [date(2026, 9, 21), date(2027, 1, 1)])
def test_no_day_to_come(cast: Cast, work: Work, day: date) -> None:
    with pytest.raises(Problem, match=r"422\.144"):
        actions.accept(cast.actor("li"), work, **{**REPORT, "accepted_on": day})


def test_filed_before_it_was_accepted(cast: Cast, accepted: Work, hand_in: HandIn) -> None:
    hand_in("filing")
    with pytest.raises(Problem, match=r"422\.145"):
        actions.file(cast.actor("li"), accepted, filed_on=date(2026, 9, 9))


def test_a_taken_number_leaves_nothing_behind(cast: Cast, filed: Work) -> None:
    from hudun.assets.shelters.actions import register_shelter

    li = cast.actor("li")
    register_shelter(li, cast.stage.pozijie, number="天-012", name="旧", kind="basement")
    with pytest.raises(Problem, match=r"409\.34"):
        actions.register(li, filed, shelter_number="天-012")
    filed.refresh_from_db()
    assert (filed.state, filed.shelter) == ("filed", None)
    assert Shelter.objects.count() == 1


def test_file_numbers_run_in_each_office(cast: Cast, filed: Work, hand_in: HandIn) -> None:
    def archived(number: str, site: Organ, who: str) -> str:
        actor = cast.actor(who)
        work = actions.open_work(
            actor, site, number=number, name=number, kind="cut", built_m2=1.0, developer="甲",
            address="乙",
        )  # fmt: skip
        for material in Material.objects.of(work):
            actions.waive_material(actor.because("样例"), material)
        actions.accept(actor, work, **REPORT)
        actions.file(actor, work, filed_on=TENTH)
        actions.register(actor, work, shelter_number=number)
        actions.hang(actor, work, hung_on=TENTH)
        return str(actions.archive(actor, work).file_number)

    assert archived("1", cast.stage.pozijie, "li") == "430103-人防-2026-0001"
    assert archived("2", cast.stage.pozijie, "li") == "430103-人防-2026-0002"
    assert archived("1", cast.stage.laojie, "qian") == "411102-人防-2026-0001"


def test_after_registration_the_shelter_is_edited_not_the_work(cast: Cast, filed: Work) -> None:
    li = cast.actor("li")
    actions.register(li, filed, shelter_number="天-012")
    with pytest.raises(Problem, match=r"409\.142"):
        actions.edit_work(li, filed, name="别名")


def test_nobody_skips_a_step(cast: Cast, accepted: Work) -> None:
    li = cast.actor("li")
    with pytest.raises(Problem, match=r"409\.1"):
        actions.register(li, accepted, shelter_number="天-1")
    with pytest.raises(Problem, match=r"409\.1"):
        actions.hang(li, accepted, hung_on=TENTH)
    with pytest.raises(Problem, match=r"409\.1"):
        actions.archive(li, accepted)


def test_a_void_work_waits_for_nothing(cast: Cast, accepted: Work) -> None:
    actions.void(cast.actor("li").because("重复登记"), accepted)
    assert not Deadline.objects.of(accepted).open().exists()


def test_the_list_is_that_of_the_day_it_was_opened(work: Work) -> None:
    assert work.checklist.startswith("works/00/2000-01-01#")
    assert Material.objects.of(work).asked_for(Stage.FILING).count() == 15
    assert Material.objects.of(work).asked_for(Stage.ARCHIVE).count() == 4
