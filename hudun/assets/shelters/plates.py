"""The plates of a shelter, by size and wording. Sizes: 广州市人防工程标志牌制作设置规范; the
entrances, the guide and the overview board. What everybody has to mind: 《人民防空法》第二十七、
二十八条."""

from hudun.core.plate.sheets import Sheet

HEADING = "人民防空工程"
RULES = (
    "不得进行影响人防工程使用或者降低防护能力的作业。",
    "不得向人防工程内排入废水、废气和倾倒废弃物。",
    "不得在人防工程内生产、储存爆炸、剧毒、易燃、放射性和腐蚀性物品。",
    "不得擅自拆除人防工程及其设备设施。",
    "保持出入口和通道畅通；发现问题，请扫码反映。",
)
SHEETS = (
    Sheet("vehicle", "车辆出入口牌", 1500, 500, "entrance", HEADING, "车辆出入口"),
    Sheet("person", "人员出入口牌", 800, 450, "entrance", HEADING, "人员出入口"),
    Sheet("guide", "指引牌", 700, 300, "guide", HEADING),
    Sheet("board", "工程概况须知牌", 700, 1200, "board", HEADING, "工程概况须知", RULES),
)
