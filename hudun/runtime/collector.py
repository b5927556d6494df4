"""The collector of garbage, in a process that holds thousands of sirens for months.

Left alone it looks through all of them every seventy thousand new objects: up to a second in which
no order leaves and no receipt is read.
"""

import gc

NEW, YOUNG, OLD = 20_000, 20, 50


def spare_what_lasts() -> None:
    """What is there now is never looked through again, what comes seldom. Call it once, when the
    process has what it will keep."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW, YOUNG, OLD)
