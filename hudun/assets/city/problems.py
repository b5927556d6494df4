"""The numbered problems of the layers of a city: .160 to .169 of each status."""

from hudun.core.error import problem_table
from hudun.core.error.numbers import KEPT, UNTOUCHED

NOT_KEPT = "图层没有存入，已有的图层照旧使用。"

PROBLEMS = problem_table(
    {
        "404.160": (
            "图层“{name}”的文件不在数据目录里。",
            "登记和摘要都在，其他图层没有受影响。",
            "请从备份恢复 HUDUN_VAR/city，或重新上传同一个文件。",
        ),
        "409.160": (
            "这个文件已经存过：{name}（{state}）。",
            NOT_KEPT,
            "请打开已有的图层；内容要更新时请上传新的文件。",
        ),
        "413.160": (
            "文件太大：{size} MB，最多 {limit} MB。",
            NOT_KEPT,
            "请裁剪到本区范围，或去掉用不着的列后再上传。",
        ),
        "422.160": ("这个文件不能用：{reason}。", NOT_KEPT, "请按原因改好文件后重新上传。"),
        "422.161": (
            "{kind}不收这种格式（{suffix}）。",
            NOT_KEPT,
            "可以上传：{formats}。",
        ),
        "422.162": ("没有选择文件，或者文件是空的。", KEPT, "请选择文件后再上传。"),
        "422.163": (
            "范围不在中国境内：{box}。",
            NOT_KEPT,
            "请核对坐标系，以及经度和纬度有没有填反。",
        ),
        "422.164": ("图层只能存在本级办公室管辖的机构。", UNTOUCHED, "请另选所属机构。"),
    }
)
