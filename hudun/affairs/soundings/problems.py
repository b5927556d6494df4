"""The numbered problems of soundings: .40 to .69 of each status."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

FILE = "文件没有改动，也没有产生任何计划或命令。"

PROBLEMS = problem_table(
    {
        "400.40": ("读不出文件 {path}：{reason}", FILE, "请检查路径和编码（JSON，UTF-8）。"),
        "400.41": (
            "时间表文件的内容不合格式：{where}，{reason}。",
            FILE,
            "请改正后再核对；格式见 docs/soundings.md。",
        ),
        "400.42": ("没有这种核对：{kind}。", UNTOUCHED, "可用的核对：{known}。"),
    }
)

__all__ = ["KEPT", "PROBLEMS", "UNTOUCHED"]
