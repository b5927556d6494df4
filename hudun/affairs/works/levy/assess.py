"""The whole of it: what is due, what is missing, whether a fee may stand for it, and how much."""

from dataclasses import dataclass
from decimal import Decimal

from .area import required
from .fee import grounds, late, priced
from .project import Project
from .steps import Step, m2
from .terms import Terms


@dataclass(frozen=True, slots=True)
class Assessment:
    required: Decimal
    missing: Decimal
    may_pay: bool
    """Whether a clause lets the fee stand for what is missing."""
    fee: int | None
    """分; None where no price is known."""
    late: int
    steps: tuple[Step, ...]
    unchecked: tuple[str, ...]

    @property
    def must_build(self) -> bool:
        return self.missing > 0 and not self.may_pay


def assess(project: Project, terms: Terms) -> Assessment:
    due, steps = required(project, terms)
    missing = max(due - project.built, Decimal(0))
    steps += _missing(project, due, missing)
    allowed = grounds(project, due, terms) if missing else []
    steps += [Step("可以缴费代替修建", "", "是", ground.clause) for ground in allowed]
    fee, late_fee, more = _money(project, missing, terms) if allowed else (None, 0, [])
    return Assessment(
        required=due,
        missing=missing,
        may_pay=bool(allowed),
        fee=fee,
        late=late_fee,
        steps=(*steps, *more),
        unchecked=terms.unchecked,
    )


def _missing(project: Project, due: Decimal, missing: Decimal) -> list[Step]:
    if not project.built:
        return []
    return [Step("未建面积", f"应建 {m2(due)} － 已建 {m2(project.built)}", m2(missing), "")]


def _money(project: Project, missing: Decimal, terms: Terms) -> tuple[int | None, int, list[Step]]:
    found = priced(project, missing, terms)
    if found is None:
        return None, 0, []
    fee, step = found
    late_fee, more = late(fee, project.late_days, terms)
    return fee, late_fee, [step, *more]
