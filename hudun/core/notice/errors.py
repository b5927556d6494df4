"""Problem numbers of messages."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

PROBLEMS = problem_table(
    {
        "409.5": (
            "{unit}还没有可用的通知渠道。",
            UNTOUCHED,
            "请先在“通知渠道”登记邮箱或群机器人，再重新发送。",
        ),
        "422.4": ("通知渠道的地址不对：{reason}", KEPT, "请核对后再提交。"),
    }
)
