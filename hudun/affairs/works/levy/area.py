"""应建面积: measure by measure, in the order of the rule."""

from decimal import Decimal

from hudun.core.error import Problem

from .project import Building, Project, Use
from .steps import Step, m2, percent, to_cent
from .terms import Measure, Terms

BASES = {"above_ground": "地面建筑面积", "first_floor": "地面首层建筑面积"}


def required(project: Project, terms: Terms) -> tuple[Decimal, list[Step]]:
    """m² due and how it came about. Raises 422.140 where the city's own percentage is missing."""
    if project.city_class not in terms.classes:
        raise Problem("422.141", place=terms.place, fields={"city_class": "请选择城市类别"})
    shares, free = _shared_out(project, terms)
    due = [_due(measure, buildings, project) for measure, buildings in shares]
    steps = [step for _, step in due] + [_nothing(building) for building in free]
    return _at_least(sum((area for area, _ in due), Decimal(0)), terms, steps), steps


def _shared_out(
    project: Project, terms: Terms
) -> tuple[list[tuple[Measure, list[Building]]], list[Building]]:
    """Each measure that takes some buildings, with them; and the buildings that none takes."""
    shares, left = [], list(project.buildings)
    for measure in terms.measures:
        taken = [building for building in left if measure.fits(building, project)]
        left = [building for building in left if not measure.fits(building, project)]
        if taken:
            shares.append((measure, taken))
    return shares, left


def _due(measure: Measure, buildings: list[Building], project: Project) -> tuple[Decimal, Step]:
    basis = sum((getattr(b, measure.basis) for b in buildings), Decimal(0))
    what = f"{measure.label}（{'、'.join(b.name for b in buildings)}）"
    if measure.from_m2 is not None and basis < measure.from_m2:
        how = f"{BASES[measure.basis]} {m2(basis)}，不足 {m2(measure.from_m2)}"
        return Decimal(0), Step(what, how, m2(Decimal(0)), measure.clause)
    rate = _percent(measure, project)
    area = to_cent(basis * rate / 100)
    how = f"{BASES[measure.basis]} {m2(basis)} × {percent(rate)}"
    return area, Step(what, how, m2(area), measure.clause)


def _percent(measure: Measure, project: Project) -> Decimal:
    given = measure.percents(project.city_class)
    if len(given) == 1:
        return given[0]
    low, high = given
    if project.percent is None or not low <= project.percent <= high:
        raise Problem(
            "422.140", low=low, high=high, fields={"percent": f"请填写 {low}～{high} 之间的比例"}
        )
    return project.percent


def _nothing(building: Building) -> Step:
    why = "不属于民用建筑" if building.use == Use.INDUSTRIAL else "不在应建范围内"
    return Step(building.name, f"{building.use.label}，{why}", m2(Decimal(0)), "")


def _at_least(total: Decimal, terms: Terms, steps: list[Step]) -> Decimal:
    if terms.least is None or total == 0 or total >= terms.least[0]:
        return total
    least, clause = terms.least
    steps.append(Step("最低面积", f"{m2(total)} 不足 {m2(least)}", m2(least), clause))
    return least
