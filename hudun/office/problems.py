"""The office's problem numbers: .20 to .29."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

PROBLEMS = problem_table(
    {
        "403.20": ("不能给自己任职或免职。", UNTOUCHED, "请由上级的安全管理员办理。"),
        "403.21": (
            "{person}是安全管理员或审计员，系统管理员不能重设其密码。",
            UNTOUCHED,
            "请在服务器上用 hudun manage set_password 重设，两人在场。",
        ),
        "409.20": (
            "{person}不能再任{role}：系统管理员、安全管理员、审计员三者分立，也不兼业务岗位。",
            KEPT,
            "请先免去现任岗位（{held}），或改由他人担任。",
        ),
        "409.21": ("{person}在{organ}已任{role}。", UNTOUCHED, "不需要重复任职。"),
        "409.22": ("登录名“{username}”已被使用。", KEPT, "请换一个登录名。"),
        "409.23": ("{organ}已经开办：{office}。", UNTOUCHED, "需要改名请用“修改机关信息”。"),
        "409.24": (
            "{organ}下面还有 {count} 个机构或在任人员，不能撤销。",
            UNTOUCHED,
            "请先撤销下级机构、免去在任人员。",
        ),
        "409.25": (
            "{person}在这段时间已有值班：{other}。",
            KEPT,
            "请换人，或先取消原来的班次。",
        ),
        "409.26": ("统一社会信用代码 {code} 已登记给{organ}。", KEPT, "请核对代码。"),
        "409.27": ("这个班次已经结束或取消，不能再改。", UNTOUCHED, "请新排一个班次。"),
        "409.28": ("{organ}已有名为“{name}”的单位。", KEPT, "请核对，或在名称里加以区别。"),
        "422.20": (
            "区划文件有 {count} 行不能导入：{first}",
            "一行也没有导入，数据没有改动。",
            "请改正后重新导入；同一文件可以反复导入。",
        ),
        "422.21": ("密码不符合要求：{reason}", UNTOUCHED, "请换一个密码。"),
        "422.22": ("统一社会信用代码 {code} 不正确。", KEPT, "请核对 18 位代码和末位校验码。"),
        "422.23": ("只有区县及以上的机构可以开办机关，{organ}不是。", UNTOUCHED, "请选择区县。"),
        "422.24": ("班次的结束时间要晚于开始时间。", KEPT, "请改正时间。"),
        "422.25": ("{person}在{organ}没有任职，不能排班。", KEPT, "请先任职，或换人。"),
    }
)
