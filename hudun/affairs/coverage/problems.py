"""The numbered problems of siting: .220 to .229 of each status."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

PROBLEMS = problem_table(
    {
        "409.220": (
            "还不能建档，缺：{missing}。",
            UNTOUCHED,
            "请点“修改”补全后再建档。",
        ),
        "409.221": (
            "这处选址{state}，不能再修改。",
            KEPT,
            "已建档的，请在警报器台账中修改；其他请另行登记选址。",
        ),
        "409.222": (
            "选址编号 {taken} 已经用过：{name}。",
            KEPT,
            "请改用没有用过的编号，或者打开已有的选址。",
        ),
        "409.223": ("这个方案里的{name}已经采用：{taken}。", UNTOUCHED, "请打开已有的选址。"),
        "409.224": ("这次测算没有算完，没有方案可以采用。", UNTOUCHED, "请等它算完，或重新测算。"),
        "422.220": (
            "选址只能登记在本级办公室管辖的区县、街道或社区。",
            KEPT,
            "请另选所在街道或社区。",
        ),
        "422.221": ("{reason}", KEPT, "请按提示修改后再提交。"),
        "422.222": ("日期晚于今天。", KEPT, "请填写已经发生的日期。"),
        "422.224": ("不能选址：{why}。", KEPT, "请按提示改好条件或数据，再算一次。"),
        "422.223": ("调试日期早于安装日期。", KEPT, "请核对两个日期。"),
    }
)
