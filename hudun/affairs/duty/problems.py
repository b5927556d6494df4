"""The numbered problems of the duty log: .75 to .79 of each status."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

PROBLEMS = problem_table(
    {
        "409.75": ("{who}已经在班。", UNTOUCHED, "不必再次接班；要换人请先办交班。"),
        "403.75": (
            "只有当班的{who}本人可以交班。",
            KEPT,
            "本人不在时，请科长或主任办理。",
        ),
        "422.75": ("接班人{who}没有值班岗位。", KEPT, "请改选有值班员岗位的人。"),
        "422.76": ("值班记录不能为空。", KEPT, "请写明时间、来源和处理情况。"),
        "403.76": ("这一班是交给{who}的。", UNTOUCHED, "请由{who}接班，或请交班人改选接班人。"),
    }
)
