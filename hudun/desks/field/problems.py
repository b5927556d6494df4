"""What can go wrong between a phone and the office. The phone keeps all until it is counted."""

from hudun.core.error import problem_table

ON_PHONE = "记录和照片仍在手机里，没有丢失。"

PROBLEMS = problem_table(
    {
        "400.77": ("送来的内容不完整：{reason}", ON_PHONE, "手机会自动再送。"),
        "403.77": (
            "现在登录的是{who}，手机里的记录属于别人。",
            ON_PHONE,
            "请由记录的本人登录后送达，或导出队列文件交办公室。",
        ),
        "413.77": ("一次送来的部分太大。", ON_PHONE, "请更新手机上的应用后再送。"),
        "422.77": (
            "这不是手机导出的队列文件，或者文件已损坏：{reason}",
            "办公室的数据没有改动；手机里的记录没有丢失。",
            "请在手机上重新导出一次，不要改动文件内容。",
        ),
        "422.78": (
            "队列文件里少了这张照片。",
            "已收到的部分已经存好；手机里的照片没有丢失。",
            "请在手机上重新导出一次。",
        ),
    }
)
