"""The numbered problems of inspections: .100 to .119 of each status about checks and visits,
.120 to .139 about hazards and notices."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import UNTOUCHED

PROBLEMS = problem_table(
    {
        "404.100": ("没有这块标牌，或者它不在您的管辖范围内。", UNTOUCHED, "请核对标牌编码。"),
    }
)
