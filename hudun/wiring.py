"""Which event of one affair calls which action of another: one line a pair."""

ANSWERS: list[tuple[str, str]] = [
    ("soundings.released", "hudun.affairs.duty.answers.note"),
    ("soundings.noticed", "hudun.affairs.duty.answers.note"),
    ("soundings.closed", "hudun.affairs.duty.answers.note"),
    ("soundings.stopped", "hudun.affairs.duty.answers.note"),
    ("soundings.settled", "hudun.affairs.coverage.answers.silent_sirens"),
    ("tipoffs.accepted", "hudun.affairs.inspections.answers.from_tipoff"),
    ("inspections.outcome_decided", "hudun.affairs.funds.answers.propose_subsidy"),
    ("inspections.outcome_voided", "hudun.affairs.funds.answers.void_subsidy"),
]
