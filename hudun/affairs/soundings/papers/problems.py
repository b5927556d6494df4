"""What keeps a paper of a sounding from being issued: .60 to .69 of each status."""

from hudun.core.error import problem_table
from hudun.core.paper.errors import NOT_ISSUED

PROBLEMS = problem_table(
    {
        "409.60": (
            "还不能出报告：{reason}。",
            NOT_ISSUED,
            "请等各警报器的结论收齐后再印发；结论最迟在末个信号结束后一分钟内给出。",
        ),
        "409.61": (
            "已印发过：{paper}。",
            NOT_ISSUED,
            "请直接使用已印发的公文；确需重新印发的，请填写理由。",
        ),
        "409.62": (
            "印发前数据有变：{reason}。",
            NOT_ISSUED,
            "可能刚收到迟到的回执。请再点一次，按最新数据印发。",
        ),
        "409.63": ("这份计划现在不能印发公告：{reason}。", NOT_ISSUED, "请按流程先办完前一步。"),
        "422.60": (
            "报告中的合计与分项不符：{reason}。",
            NOT_ISSUED,
            "请把编号和时间告诉系统管理员，核对数据后再印发。",
        ),
        "422.61": ("静默测试不鸣响，没有鸣放情况报告。", NOT_ISSUED, "请在结果页查看自检情况。"),
        "422.62": ("公告没有标题或正文。", NOT_ISSUED, "请填写：第一行为标题，其余为正文。"),
    }
)
