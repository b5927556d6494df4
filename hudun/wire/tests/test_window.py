"""The anti-replay window against a plain set."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hudun.wire.terminal.window import WIDTH, Window

COUNTERS = st.lists(st.one_of(st.integers(1, 200), st.integers(1, 1 << 40)), max_size=60)


@given(COUNTERS)
def test_the_window_agrees_with_a_set(counters: list[int]) -> None:
    window, used = Window(), set[int]()
    for counter in counters:
        too_old = bool(used) and counter < max(used) - WIDTH
        assert window.used(counter) is (counter in used or too_old)
        if not window.used(counter):
            window, used = window.mark(counter), used | {counter}
    assert window.highest == max(used, default=0)
    assert window.bits < 1 << WIDTH + 1
