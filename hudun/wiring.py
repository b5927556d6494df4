"""Which event of one affair calls which action of another: one line a pair."""

ANSWERS: list[tuple[str, str]] = []
