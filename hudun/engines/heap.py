"""A priority queue for searches and simulations in compiled code: keys and values in two arrays.

Numba checks no bounds: the caller keeps room, with `grown`.
"""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def push(keys, values, size, key, value):  # type: ignore[no-untyped-def]
    """A 4-ary heap in two arrays: shallower than a binary one, and its children share a line."""
    k = size
    while k > 0:
        up = (k - 1) >> 2
        if keys[up] <= key:
            break
        keys[k], values[k] = keys[up], values[up]
        k = up
    keys[k], values[k] = key, value


@njit(cache=True, nogil=True)
def pop(keys, values, size):  # type: ignore[no-untyped-def]
    """Takes the top off; `size` is the size before."""
    key, value = keys[size - 1], values[size - 1]
    size -= 1
    k = 0
    while True:
        child = 4 * k + 1
        if child >= size:
            break
        best = child
        for other in range(child + 1, min(child + 4, size)):
            if keys[other] < keys[best]:
                best = other
        if keys[best] >= key:
            break
        keys[k], values[k] = keys[best], values[best]
        k = best
    keys[k], values[k] = key, value


@njit(cache=True, nogil=True)
def grown(array):  # type: ignore[no-untyped-def]
    larger = np.empty(2 * len(array), array.dtype)
    larger[: len(array)] = array
    return larger
