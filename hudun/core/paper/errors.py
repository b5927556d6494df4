"""What can be wrong with a paper. Nothing is issued then and no number is spent."""

from hudun.core.error import Problem, problem_table

NOT_ISSUED = "公文没有印发，文号没有占用。"

PROBLEMS = problem_table(
    {
        "404.11": (
            "没有找到这份公文，或者它不在您的管辖范围内。",
            "数据没有改动。",
            "请从印发目录中重新查找。",
        ),
        "409.15": ("同时有人在印发同类公文，文号排不上。", NOT_ISSUED, "请再点一次。"),
        "422.15": (
            "现有字体缺字：{named}。",
            NOT_ISSUED,
            "请换用其他字，或把含有这些字的字体放入本单位字体目录后重试。",
        ),
        "422.16": ("公文内容前后不符：{reason}", NOT_ISSUED, "请修改内容后重试。"),
        "422.17": (
            "本系统不处理国家秘密，不能印发密级为“{secrecy}”的公文。",
            NOT_ISSUED,
            "密级最高用“内部”或“工作秘密”。",
        ),
        "500.15": (
            "没有找到中文字体。",
            NOT_ISSUED,
            "请系统管理员安装字体，或设置本单位字体目录。",
        ),
        "500.16": (
            "{paper}的文件与印发时的摘要不符，可能被改动过。",
            "文件没有发出，印发记录没有改动。",
            "请告诉系统管理员核对日志链，并从备份中恢复这个文件。",
        ),
    }
)


class MissingGlyph(Problem):
    """No font at hand shows these characters: the paper would have empty boxes."""

    def __init__(self, characters: set[str]) -> None:
        self.characters = "".join(sorted(characters))
        named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in self.characters)
        super().__init__("422.15", named=named)


class BrokenPaper(Problem):
    """The tree contradicts itself: a row too short, a link to nowhere."""

    def __init__(self, reason: str) -> None:
        super().__init__("422.16", reason=reason)


class TooSecret(Problem):
    def __init__(self, secrecy: str) -> None:
        super().__init__("422.17", secrecy=secrecy)


class NoFont(Problem):
    def __init__(self) -> None:
        super().__init__("500.15")
