"""易地建设费 and 滞纳金: on what is due and not built."""

from decimal import Decimal

from .project import Project
from .steps import Step, m2, percent, whole, yuan
from .terms import Instead, Terms

CAP = "《行政强制法》第四十五条第二款：加处罚款或者滞纳金的数额不得超出金钱给付义务的数额"


def grounds(project: Project, due: Decimal, terms: Terms) -> list[Instead]:
    """Those on which the fee may be paid instead of building."""
    return [ground for ground in terms.instead if _holds(ground, project, due)]


def _holds(ground: Instead, project: Project, due: Decimal) -> bool:
    if ground.when == "unsuited":
        return project.unsuited
    if ground.when == "below_m2":
        return ground.m2 is not None and due < ground.m2
    return due < sum(b.first_floor for b in project.buildings)


def priced(project: Project, missing: Decimal, terms: Terms) -> tuple[int, Step] | None:
    """分 for so many m²; None where no price is known: none is made up."""
    known = _price(project, terms)
    if known is None:
        return None
    price, clause = known
    fee = whole(missing * price)
    return fee, Step("易地建设费", f"{m2(missing)} × {yuan(price)}/m²", yuan(fee), clause)


def _price(project: Project, terms: Terms) -> tuple[int, str] | None:
    if project.price_fen is not None:
        return project.price_fen, f"填写的单价；依据：{project.price_source or '未填'}"
    return terms.price


def late(fee: int, days: int, terms: Terms) -> tuple[int, list[Step]]:
    """滞纳金 after so many days, never more than the fee itself."""
    if not days or terms.late is None:
        return 0, []
    rate, clause = terms.late
    plain = whole(Decimal(fee) * rate * days / 100)
    steps = [Step("滞纳金", f"{yuan(fee)} × {percent(rate)} × {days} 日", yuan(plain), clause)]
    if plain > fee:
        steps.append(Step("滞纳金上限", "不超过应缴的费用", yuan(fee), CAP))
    return min(plain, fee), steps
