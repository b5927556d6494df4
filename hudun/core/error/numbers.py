"""The problem numbers of the core. Other apps keep theirs beside their own code.

.0 is the plain HTTP meaning; .1 to .19 belong to the core, .20 to .29 to the office,
.30 to .39 to things that stand, .40 to .69 to the affair next door, .70 to .79 to the duty desk and the API,
.80 to .89 to the demo.
"""

from .problem import problem_table

KEPT = "已填写的内容没有丢失，数据没有改动。"
UNTOUCHED = "数据没有改动。"

PROBLEMS = problem_table(
    {
        "400.0": ("请求不完整或格式不对。", UNTOUCHED, "请返回上一页重新操作。"),
        "400.1": ("提交的内容有误：{reason}", KEPT, "请按提示修改后再提交。"),
        "401.1": ("登录已超时，或者还没有登录。", KEPT, "请在新窗口登录，再回到本页重新提交。"),
        "403.0": ("您没有权限打开这一页。", UNTOUCHED, "需要时请向安全管理员申请岗位。"),
        "403.1": (
            "您的岗位不能办理“{label}”。",
            UNTOUCHED,
            "可以办理的岗位：{roles}。请交由他们办理，或向安全管理员申请岗位。",
        ),
        "403.2": ("页面停留太久，安全校验没有通过。", KEPT, "请刷新本页后重新提交。"),
        "403.3": ("账号已停用。", UNTOUCHED, "请联系系统管理员。"),
        "404.0": ("没有这一页。", UNTOUCHED, "请检查地址，或从首页进入。"),
        "404.1": (
            "没有找到这条记录，或者它不在您的管辖范围内。",
            UNTOUCHED,
            "请从台账中重新查找。",
        ),
        "405.0": ("这个地址不支持这种操作。", UNTOUCHED, "请从页面上的按钮操作。"),
        "409.1": (
            "现在的状态是“{state}”，不能办理“{label}”。",
            KEPT,
            "可能刚刚有人办理过。请刷新后查看最新状态。",
        ),
        "409.2": (
            "{who}刚刚改过这条记录。",
            KEPT,
            "请对照最新内容后再提交，以免覆盖别人的修改。",
        ),
        "409.3": ("已有相同的记录：{what_exists}", KEPT, "请改用不同的值，或者打开已有的记录。"),
        "409.4": ("不需要“{label}”：它没有停下来。", UNTOUCHED, "请刷新后查看最新状态。"),
        "413.0": ("上传的内容太大。", UNTOUCHED, "请拆分后再上传。"),
        "422.1": ("“{label}”需要写明理由。", KEPT, "请填写理由后再提交。"),
        "422.2": ("填写的内容不符合要求：{reason}", KEPT, "请按提示修改后再提交。"),
        "422.3": (
            "没有适用的规则：{topic}（省 {province}，{day}）。",
            KEPT,
            "请在 hudun/rules 补上这一天适用的规则，或由本级设定。",
        ),
        "423.1": ("“{label}”正在由另一个进程办理。", UNTOUCHED, "请稍候再试。"),
        "429.1": (
            "密码连续输错 {limit} 次，账号在本机已锁定 {minutes} 分钟。",
            "账号和数据都安全，其他电脑上的登录不受影响。",
            "请稍后再试；忘记密码请联系系统管理员。",
        ),
        "500.0": (
            "程序出错了。",
            "没有办完的操作已全部撤回，数据没有改动；已发出的命令不受影响。",
            "请再试一次；仍然出错时，请把编号和时间告诉系统管理员。",
        ),
        "503.1": ("数据库暂时连不上。", UNTOUCHED, "请稍候再试；急需停止请用 hudun stop。"),
    }
)
