"""The numbered problems of new works: .140 to .149 of each status."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

PROBLEMS = problem_table(
    {
        "409.140": ("还缺：{missing}。", UNTOUCHED, "请收齐材料、补全登记后再办理。"),
        "409.141": ("这份档案{state}，材料不能再变动。", UNTOUCHED, "请在人防工程台账中办理。"),
        "409.142": (
            "已登记为人防工程 {taken}，这里不能再修改。",
            KEPT,
            "请在人防工程台账中修改。",
        ),
        "409.143": (
            "项目编号 {taken} 已经用过：{name}。",
            KEPT,
            "请改用没有用过的编号，或者打开已有的项目。",
        ),
        "422.140": (
            "规定的比例是 {low}%～{high}%，由城市人民政府确定，没有填写本地的比例。",
            KEPT,
            "请填写本地确定的比例后再计算。",
        ),
        "422.141": ("{place}没有这个城市类别。", KEPT, "请重新选择城市类别。"),
        "422.142": (
            "新建工程只能登记在本级办公室管辖的区县、街道或社区。",
            KEPT,
            "请另选所在街道或社区。",
        ),
        "422.143": ("{reason}", KEPT, "请按提示修改后再提交。"),
        "422.144": ("日期晚于今天。", KEPT, "请填写已经发生的日期。"),
        "422.145": ("备案日期早于验收日期。", KEPT, "请核对两个日期。"),
        "422.146": ("一次最多上传 {most} 个文件。", KEPT, "请分几次上传。"),
    }
)
