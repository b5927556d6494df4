"""Parts equal totals, whatever happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.affairs.soundings.rates import FAILURES, Outcome, Played, by_signal, tally

outcomes = st.sampled_from(Outcome)
one_signal = st.builds(Played, outcomes, st.booleans())
soundings = st.integers(1, 4).flatmap(
    lambda signals: st.dictionaries(
        st.integers(1, 65_535), st.lists(one_signal, min_size=signals, max_size=signals)
    )
)


@given(soundings)
def test_every_siren_stands_in_exactly_one_class(played: dict[int, list[Played]]) -> None:
    for counted in (tally(played), *by_signal(played)):
        parts = [
            counted.central,
            counted.by_hand,
            counted.unproved,
            counted.pending,
            counted.failed,
        ]
        assert sum(map(len, parts)) == len(counted.ordered) == len(played)
        assert frozenset().union(*parts) == counted.ordered
        assert sum(len(counted.of(one)) for one in FAILURES) == len(counted.failed)


@given(soundings)
def test_a_siren_counts_only_if_every_signal_of_it_does(played: dict[int, list[Played]]) -> None:
    whole, columns = tally(played), by_signal(played)
    for kind in ("sounded", "central", "accurate"):
        in_all = whole.ordered.intersection(*(getattr(one, kind) for one in columns))
        assert getattr(whole, kind) == in_all


@given(soundings)
def test_the_rates_stand_in_their_order(played: dict[int, list[Played]]) -> None:
    """Accurate are among the controlled, the controlled among the sounded; hand is the rest."""
    whole = tally(played)
    assert whole.accurate <= whole.central <= whole.sounded <= whole.ordered
    assert len(whole.sounded) - len(whole.central) == len(whole.by_hand)
    for ratio in (whole.sounding_rate, whole.accuracy_rate, whole.control_rate):
        assert ratio.numerator + len(ratio.missing) == ratio.denominator == len(played)


GOOD = Played(Outcome.FINISHED, accurate=True)


@pytest.mark.parametrize(
    ("signals", "sounded", "controlled", "accurate"),
    [
        ([GOOD, GOOD], True, True, True),
        ([GOOD, Played(Outcome.FINISHED)], True, True, False),
        ([GOOD, Played(Outcome.BY_HAND)], True, False, False),
        ([GOOD, Played(Outcome.UNPROVED)], False, False, False),
        ([GOOD, Played(Outcome.UNPROVED, accurate=True)], False, False, False),
        ([Played(Outcome.BY_HAND), Played(Outcome.SILENT)], False, False, False),
        ([GOOD, Played(Outcome.PENDING)], False, False, False),
    ],
)
def test_what_counts(
    signals: list[Played], sounded: bool, controlled: bool, accurate: bool
) -> None:
    counted = tally({5: signals})
    assert (5 in counted.sounded) is sounded
    assert (5 in counted.central) is controlled
    assert (5 in counted.accurate) is accurate


def test_nobody_is_no_division() -> None:
    assert tally({}).sounding_rate.denominator == 0
    assert by_signal({}) == []
