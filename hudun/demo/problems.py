"""The numbered problems of the demonstration: .90 of each status."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import UNTOUCHED

PROBLEMS = problem_table(
    {"422.90": ("演示时钟不能这样调。", UNTOUCHED, "请选择页面上列出的快慢，或将来的一个时刻。")}
)
