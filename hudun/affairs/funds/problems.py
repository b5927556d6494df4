"""The numbered problems of funds: .190 to .199 of each status."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

PROBLEMS = problem_table(
    {
        "403.190": (
            "这笔支付是您提出的，不能由您批准。",
            UNTOUCHED,
            "请由另一位主任批准。",
        ),
        "409.190": ("预算项目编号 {code} 已经用过。", KEPT, "请改用别的编号。"),
        "409.191": (
            "“{budget}”只剩 {left}，不够支付 {amount}。",
            UNTOUCHED,
            "请改列预算项目，或先调整预算。",
        ),
        "409.192": (
            "预算不能少于已批准的 {spent}。",
            KEPT,
            "请核对金额，或先作废未支付的款项。",
        ),
        "422.190": ("填写有误：{reason}", KEPT, "请按提示修改后再提交。"),
        "422.191": ("还没有列预算项目。", UNTOUCHED, "请先选预算项目，再批准。"),
        "422.192": ("预算项目“{budget}”不是本单位的。", KEPT, "请选本单位的预算项目。"),
        "422.193": ("支付日期晚于今天。", KEPT, "请填实际支付的日期。"),
    }
)
