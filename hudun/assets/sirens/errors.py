"""Problems 4xx.30 to 4xx.39."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT

PROBLEMS = problem_table(
    {
        "409.30": (
            "编号 {taken} 已经用过：{name}。",
            KEPT,
            "请改用没有用过的编号，或者打开已有的警报器。",
        ),
        "409.31": (
            "这把终端公钥已经登记在另一台警报器上。",
            KEPT,
            "请核对公钥，或先解除原来的登记。",
        ),
        "422.30": (
            "警报器只能登记在本级办公室管辖的区县、街道或社区。",
            KEPT,
            "请另选所在街道或社区。",
        ),
        "422.31": ("分组 {names} 不属于这台警报器的主管单位。", KEPT, "请另选分组。"),
        "422.33": ("分组不能换到别的主管单位。", KEPT, "请在那个单位新建分组。"),
        "422.32": ("{reason}", KEPT, "请按提示修改后再提交。"),
    }
)
