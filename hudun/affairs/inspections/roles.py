"""Who does what about checks."""

from hudun.core.organ import Role

CHECKERS = frozenset({Role.INSPECTOR, Role.CLERK, Role.CHIEF})
STAFF = frozenset({Role.CLERK, Role.CHIEF})
HEADS = frozenset({Role.CHIEF, Role.DIRECTOR})
KEEPERS = CHECKERS | {Role.KEEPER}
