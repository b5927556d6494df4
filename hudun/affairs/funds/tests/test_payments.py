"""Money: proposed, approved by another, paid; never more than there is."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.funds import actions
from hudun.affairs.funds.answers import propose_subsidy, void_subsidy
from hudun.affairs.funds.models import BudgetLine, Payment
from hudun.core.error import Problem
from hudun.core.fact import ask
from hudun.core.journal.models import JournalLine
from hudun.core.outbox.models import Event
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db

SAID = {
    "rating": "0190", "title": "甲工程", "outcome_words": "补助合格", "unit": "甲物业",
    "amount_fen": 280_000, "period": "2026-01-01 至 2026-12-31", "year": 2026, "sample": True,
}  # fmt: skip


@pytest.fixture
def line(cast: Cast) -> BudgetLine:
    return actions.make_budget_line(
        cast.actor("zhang"), cast.stage.tianxin, code="RF-2026-01", name="人防工程维护补助",
        year=2026, amount_fen=500_000,
    )  # fmt: skip


def propose(cast: Cast, line: BudgetLine | None, fen: int) -> Payment:
    return actions.propose_payment(
        cast.actor("zhang"), cast.stage.tianxin, budget=line, payee="甲物业", purpose="补助",
        amount_fen=fen,
    )  # fmt: skip


def test_from_proposal_to_voucher(cast: Cast, line: BudgetLine) -> None:
    payment = propose(cast, line, 300_000)
    with pytest.raises(Problem, match=r"403\.1 "):
        actions.approve_payment(cast.actor("li"), payment)
    with pytest.raises(Problem, match=r"404\.1"):
        actions.approve_payment(cast.actor("qian"), payment)
    actions.approve_payment(cast.actor("zhou"), payment)
    with pytest.raises(Problem, match=r"422\.193"):
        actions.pay(cast.actor("zhang"), payment, paid_on=date(2100, 1, 1), voucher="记-1")
    paid = actions.pay(cast.actor("zhang"), payment, paid_on=date(2026, 5, 6), voucher="记-12")
    assert (paid.state, paid.approved_by, paid.voucher) == ("paid", cast.zhou, "记-12")
    assert BudgetLine.objects.with_spent().get().left_words == "2,000.00 元"
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    assert ask("funds.paid", cast.stage.tianxin, **year).shown == "3,000.00 元"
    assert ask("funds.paid", cast.stage.yuanhui, **year).number == 0
    verbs = JournalLine.objects.filter(verb__startswith="funds.").values_list("verb", flat=True)
    assert len(verbs) == 4


def test_never_more_than_there_is(cast: Cast, line: BudgetLine) -> None:
    actions.approve_payment(cast.actor("zhou"), propose(cast, line, 300_000))
    second = propose(cast, line, 200_001)
    with pytest.raises(Problem, match=r"409\.191"):
        actions.approve_payment(cast.actor("zhou"), second)
    with pytest.raises(Problem, match=r"409\.192"):
        actions.edit_budget_line(cast.actor("zhang"), line, amount_fen=299_999)
    actions.edit_budget_line(cast.actor("zhang"), line, amount_fen=500_001)
    actions.approve_payment(cast.actor("zhou"), second)


def test_nobody_approves_his_own(cast: Cast, line: BudgetLine) -> None:
    payment = propose(cast, line, 100)
    Payment.objects.filter(pk=payment.pk).update(proposed_by=cast.zhou)
    with pytest.raises(Problem, match=r"403\.190"):
        actions.approve_payment(cast.actor("zhou"), payment)
    with pytest.raises(Problem, match=r"422\.191"):
        actions.approve_payment(cast.actor("zhou"), propose(cast, None, 100))


@pytest.mark.parametrize("fen", [0, -5])
def test_nothing_is_no_payment(cast: Cast, fen: int) -> None:
    with pytest.raises(Problem, match=r"422\.190"):
        propose(cast, None, fen)


def test_an_outcome_is_proposed_once_and_taken_back(cast: Cast, line: BudgetLine) -> None:
    event = Event(name="inspections.outcome_decided", organ=cast.stage.pozijie, payload=SAID)
    propose_subsidy(event)
    propose_subsidy(event)
    payment = Payment.objects.get()
    assert (payment.budget, payment.amount_fen, payment.organ) == (
        line,
        280_000,
        cast.stage.tianxin,
    )
    assert payment.sample
    propose_subsidy(
        Event(organ=cast.stage.pozijie, payload={**SAID, "rating": "1", "amount_fen": 0})
    )
    assert Payment.objects.count() == 1
    void_subsidy(Event(organ=cast.stage.pozijie, payload={"rating": "0190", "reason": "算错"}))
    payment.refresh_from_db()
    assert payment.state == "void"


def enter(person: Any) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def test_pages(cast: Cast, line: BudgetLine) -> None:
    payment = propose(cast, line, 123_456)
    clerk = enter(cast.zhang)
    assert "1,234.56 元" in clerk.get("/funds/payments/").content.decode()
    assert "5,000.00 元" in clerk.get("/funds/").content.decode()
    form = clerk.get(f"/funds/payments/{payment.pk}/edit/").content.decode()
    assert 'value="1234.56"' in form
    assert enter(cast.wang).get("/funds/payments/").status_code == 403
    stranger = enter(cast.qian)
    assert stranger.get(f"/funds/payments/{payment.pk}/").status_code == 404
    assert str(payment.pk) not in stranger.get("/funds/payments/").content.decode()
    url = f"/funds/payments/{payment.pk}/do/approve_payment/"
    assert clerk.post(url).status_code == 403
    assert enter(cast.zhou).post(url).status_code == 302
    assert enter(cast.zhou).get(url).status_code == 405
