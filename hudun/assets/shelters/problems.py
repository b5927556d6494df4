"""Problems 4xx.34 to 4xx.39."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

HIGHEST = "密级最高为“工作秘密”；国家秘密（秘密、机密、绝密）不得存入本系统（422.36）。"

PROBLEMS = problem_table(
    {
        "409.34": (
            "编号 {taken} 已经用过：{name}。",
            KEPT,
            "请改用没有用过的编号，或者打开已有的记录。",
        ),
        "409.35": (
            "{name}不能公开：{reason}。",
            "没有公开任何内容。",
            "先改正后再作公开决定。",
        ),
        "409.36": (
            "{name}已经公开，不能定为“{secrecy}”。",
            KEPT,
            "请先撤回公开，再定密级。",
        ),
        "409.37": ("{name}已经拆除，不能再改。", UNTOUCHED, "需要时请新增一条。"),
        "422.34": (
            "人防工程只能登记在本级办公室管辖的区县、街道或社区。",
            KEPT,
            "请另选所在街道或社区。",
        ),
        "422.35": ("{reason}", KEPT, "请按提示修改后再提交。"),
        "422.36": (
            "密级“{secrecy}”不能登记：国家秘密不得存入本系统，最高为“工作秘密”。",
            "没有保存任何内容。",
            "请按保密规定在涉密系统中管理，这里不要填写。",
        ),
    }
)
