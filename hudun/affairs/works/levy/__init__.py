"""结建应建面积 and 易地建设费: exact, with every step and its clause.

    terms = terms_of(rule("levy", "33", day))
    done = assess(Project(buildings, "一类城市"), terms)

Areas are Decimal square metres to 0.01, money is whole 分; both are rounded half up, each step as
it is printed, so that whoever adds up the printed steps comes to the printed sum.
"""

from .assess import Assessment, assess
from .project import Building, Project, Use
from .steps import Step
from .terms import Terms, terms_of

__all__ = ["Assessment", "Building", "Project", "Step", "Terms", "Use", "assess", "terms_of"]
