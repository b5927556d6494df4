"""Numba with types: a compiled function takes and gives what its signature says.

Compiled code is kept beside the source. It releases the interpreter's lock, so that threads share
one scene, and divides by zero as NumPy does.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

EXACT_ENOUGH = {"contract", "arcp", "nsz", "reassoc"}
"""What the compiler may re-arrange; infinities and NaN keep their meaning."""


def jit(function: Function) -> Function:
    compiled = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=EXACT_ENOUGH)
    return cast(Function, compiled(function))


def lean(function: Function) -> Function:
    """For functions that make no arrays: handing on those they are given costs nothing then (no
    counting of references, which took half the time of the acoustic kernel)."""
    options: dict[str, Any] = {"error_model": "numpy", "fastmath": EXACT_ENOUGH, "_nrt": False}
    return cast(Function, numba.njit(cache=True, nogil=True, **options)(function))
