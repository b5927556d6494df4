"""Problem numbers of the planner."""

from hudun.core.error import problem_table

RECORDS = "已有的记录没有改动，要求也还在。"

PROBLEMS = problem_table(
    {
        "404.12": ("这次计算没有这个文件。", RECORDS, "请回到结果页重新下载，或重新计算。"),
        "500.18": (
            "“{says}”没有算完：程序出错了。",
            RECORDS,
            "请核对输入后再算一次；仍然出错时，请把时间和编号告诉系统管理员。",
        ),
        "500.19": (
            "“{says}”试了 {tries} 次，计算进程每次都中断了，多半是内存不够。",
            RECORDS,
            "请缩小范围或加大网格间距后再算；必要时换一台内存大的电脑。",
        ),
    }
)
