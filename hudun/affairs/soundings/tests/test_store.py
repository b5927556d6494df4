"""A batch is stored as a whole, may be stored again, and survives a row that cannot be."""

import pytest

from hudun.affairs.soundings.dispatch.batch import Batch, News
from hudun.affairs.soundings.dispatch.lock import only_one
from hudun.affairs.soundings.dispatch.store import Store
from hudun.affairs.soundings.models import Health, Order, Receipt, Verdict
from hudun.affairs.soundings.testing import Office, make_siren
from hudun.core.error import Problem
from hudun.core.live.models import Change
from hudun.wire.frames import Mode, State
from hudun.wire.office import Verdict as Word
from hudun.wire.office import Why

pytestmark = pytest.mark.django_db

NOW_MS = 1_792_468_800_000


def receipt(siren: int, number: int = 1) -> tuple[object, ...]:
    return (
        430103, siren, number, 430103, 1, None, State.ACCEPTED.value, NOW_MS, 0, 0, None, None,
        b"frame", NOW_MS,
    )  # fmt: skip


def report(siren: int, firmware: str | None = "x") -> tuple[object, ...]:
    return (
        430103, siren, 1, NOW_MS, 3, 2, True, 100, True, False, 20, False, 1, firmware, NOW_MS,
    )  # fmt: skip


@pytest.fixture
def store(office: Office) -> Store:
    make_siren(office, 1)
    return Store(office.issuer)


def test_the_same_batch_twice_leaves_the_same_rows(store: Store, office: Office) -> None:
    order = office.immediate(Mode.LIVE)
    store.orders[order.counter] = order.pk
    ruled = (Word.SILENT.value, Why.NO_SOUND.value, None, "未检出", None, None, None, False)
    batch = Batch(
        receipts=[receipt(1), receipt(2)],
        health={(1, 1, NOW_MS): report(1)},
        verdicts={(order.counter, 1, 0): (*ruled, False, NOW_MS)},
        closed=[order.counter],
    )
    store.commit(batch, News(sirens={1}))
    store.commit(batch, News())
    counts = [kind.objects.count() for kind in (Receipt, Health, Verdict)]
    assert counts == [2, 1, 1]
    assert Order.objects.get().state == "closed"
    assert Change.objects.filter(topic="sirens").count() == 1


def test_a_later_verdict_replaces_the_earlier_one(store: Store, office: Office) -> None:
    order = office.immediate(Mode.LIVE)
    store.orders[order.counter] = order.pk
    for word, late in ((Word.UNREACHABLE, False), (Word.FINISHED, True)):
        row = (word.value, 1, None, "x", 0, 180_000, 5, True, late, NOW_MS)
        store.commit(Batch(verdicts={(order.counter, 1, 0): row}), News())
    kept = Verdict.objects.get()
    assert (Word(kept.verdict), kept.late, kept.accurate) == (Word.FINISHED, True, True)


def test_one_row_that_cannot_be_stored_keeps_nobody_else_out(store: Store) -> None:
    batch = Batch(
        receipts=[receipt(1), receipt(2)],
        health={(1, 1, NOW_MS): report(1, None), (2, 1, NOW_MS): report(2)},
    )
    store.commit(batch, News())
    assert Receipt.objects.count() == 2
    assert list(Health.objects.values_list("siren", flat=True)) == [2]


def test_a_stopped_order_is_settled_without_closing_it_again(store: Store, office: Office) -> None:
    order = office.immediate(Mode.LIVE)
    store.orders[order.counter] = order.pk
    office.stop()
    store.commit(Batch(closed=[order.counter]), News())
    order.refresh_from_db()
    assert order.state == "stopped"
    assert order.closed_at is not None


def test_only_one_dispatch_per_office(office: Office) -> None:
    with only_one(430103):
        with pytest.raises(Problem, match=r"^409\.47 "), only_one(430103):
            pass
        with only_one(411102):
            pass
    with only_one(430103):
        pass
