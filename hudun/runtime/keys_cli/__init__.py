"""`hudun key`, `hudun roster`, `hudun release`: signing without browser and server."""

from hudun.runtime.keys_cli.listing import roster
from hudun.runtime.keys_cli.making import key
from hudun.runtime.keys_cli.releasing import release

__all__ = ["key", "release", "roster"]
