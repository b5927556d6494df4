"""The numbered problems of new works: .140 to .149 of each status."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT

PROBLEMS = problem_table(
    {
        "422.140": (
            "规定的比例是 {low}%～{high}%，由城市人民政府确定，没有填写本地的比例。",
            KEPT,
            "请填写本地确定的比例后再计算。",
        ),
        "422.141": ("{place}没有这个城市类别。", KEPT, "请重新选择城市类别。"),
    }
)
