"""The numbered problems of plans: .300 to .339 of each status."""

from hudun.core.error import problem_table

FILE = "文件没有改动，没有产生任何结果。"
FORMAT = "请改正后重新运行；格式见 docs/assignment-file.md。"

PROBLEMS = problem_table(
    {
        "400.300": ("读不出文件 {path}：{reason}", FILE, "请检查路径和编码（UTF-8）。"),
        "400.301": ("{where}：{reason}。", FILE, FORMAT),
        "400.302": ("文件里没有{label}。", FILE, FORMAT),
        "400.303": ("{where}：编号“{id}”重复，第一次出现在{first}。", FILE, FORMAT),
        "400.304": ("{where}：{label}“{value}”不是不小于 0 的{kind}。", FILE, FORMAT),
        "400.305": ("{where}：没有编号为“{id}”的{label}。", FILE, FORMAT),
        "400.306": ("{where}：“{demand}”到“{shelter}”的路写了两次。", FILE, FORMAT),
        "400.307": (
            "数目太大，无法精确计算（人数 × 最远距离 × 工程数超出 2 的 62 次方）。",
            FILE,
            "请换用大一些的单位，或分成几个文件。",
        ),
        "400.310": (
            "路网 {path} 不能用：{reason}",
            FILE,
            "请检查文件；支持 OSM、GIS 线图层、边表。",
        ),
        "400.311": ("读不出 {path}：{reason}", FILE, "请检查文件；格式见 docs/sheltering.md。"),
        "400.312": (
            "{path} 缺少列：{columns}。",
            FILE,
            "请补上这些列后重新运行；列名见 docs/sheltering.md。",
        ),
        "400.313": (
            "{path} 里没有一行可用（共 {rows} 行，有误 {faults} 行）。",
            FILE,
            "首个错误：{first}",
        ),
        "400.315": (
            "疏散比例“{text}”不能用。",
            FILE,
            "写法：早期=0.1,临战=0.15,紧急=0.05；各不小于 0，合计不大于 1。",
        ),
        "400.316": ("集结点和疏散地域都要有经纬度。", FILE, "请补上经纬度后重新运行。"),
        "400.317": (
            "数目太大，无法精确计算（人数 × 距离 × 工程数超出 2 的 62 次方）。",
            FILE,
            "请检查人数和容量有没有多写的零。",
        ),
        "400.318": ("“{name}”要同时给出：{needed}。", FILE, "请补上后重新运行。"),
        "400.319": ("{name} 不能是 {value}。", FILE, "请改成合理的数后重新运行。"),
        "400.320": (
            "年龄组“{text}”不能用。",
            FILE,
            "写法：成人=0.65=80,儿童=0.15=54,老人=0.2=42；比例合计为 1，步速每分 6 到 180 米。",
        ),
        "400.314": ("没有给出工程文件，也没有要求设点。", FILE, "请用 --shelters，或用 --place。"),
    }
)
