"""Numba with types: a compiled function takes and gives what its signature says.

Compiled code is kept beside the source. It releases the interpreter's lock, so that threads share
one scene, and divides by zero as NumPy does.

Numba asks only whether a function's own file has changed, not those of the functions compiled into
it: what was kept before any source of the engines changed is forgotten.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

EXACT_ENOUGH = {"contract", "arcp", "nsz", "reassoc"}
"""What the compiler may re-arrange; infinities and NaN keep their meaning."""


def forget_stale(folder: Path) -> None:
    """Removes the indices of compiled code older than the newest source, tests aside."""
    sources = [path for path in folder.rglob("*.py") if "tests" not in path.parts]
    newest = max((path.stat().st_mtime for path in sources), default=0.0)
    for index in folder.rglob("__pycache__/*.nbi"):
        with suppress(OSError):
            if index.stat().st_mtime < newest:
                index.unlink()


forget_stale(Path(__file__).parent)


def jit(function: Function) -> Function:
    compiled = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=EXACT_ENOUGH)
    return cast(Function, compiled(function))


def lean(function: Function) -> Function:
    """For functions that make no arrays: handing on those they are given costs nothing then (no
    counting of references, which took half the time of the acoustic kernel)."""
    options: dict[str, Any] = {"error_model": "numpy", "fastmath": EXACT_ENOUGH, "_nrt": False}
    return cast(Function, numba.njit(cache=True, nogil=True, **options)(function))
