"""Reckoning gives way to everything; an answer somebody waits for gives way less."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from hudun.core.planner.process import NICE, QUICK_NICE, give_way


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process has one priority")
def test_a_thread_gives_way_without_the_others() -> None:
    before = os.nice(0)
    with ThreadPoolExecutor(1, initializer=give_way) as pool:
        assert pool.submit(os.nice, 0).result() == NICE
    assert os.nice(0) == before
    assert 0 < QUICK_NICE < NICE
