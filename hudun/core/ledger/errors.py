"""Problem numbers of the ledgers."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

PROBLEMS = problem_table(
    {
        "409.10": ("这次导入已经办结，或者已被新的上传替代。", UNTOUCHED, "需要时请重新上传文件。"),
        "422.10": ("没有选中任何记录。", UNTOUCHED, "请在列表中勾选后再操作。"),
        "422.11": ("没有要修改的内容。", KEPT, "请至少填写一项要修改的内容。"),
        "422.5": ("{reason}", "没有读入任何一行，台账没有改动。", "请按提示改好文件后再上传。"),
        "422.6": (
            "有 {count} 行不能导入，每行的原因见下表。",
            UNTOUCHED,
            "请改好这些行再上传，或者只导入正确的行。",
        ),
        "422.12": ("共 {count} 条，一次最多取 {most} 条。", UNTOUCHED, "请先筛选，再分几次取。"),
    }
)
