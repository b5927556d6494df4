"""What can be wrong with a photo or a file. It is not kept then, and nothing else is changed."""

from hudun.core.error import problem_table

NOT_KEPT = "文件没有存入，其他数据没有改动。"

PROBLEMS = problem_table(
    {
        "409.17": (
            "编号 {id} 已用于另一个文件。",
            "先存的文件完好，没有被覆盖。",
            "请把这个编号告诉系统管理员。",
        ),
        "413.1": ("文件太大：{size}，最多 {limit}。", NOT_KEPT, "请压缩后再传。"),
        "413.2": (
            "图片太大：{width}×{height}，共 {pixels} 万像素，最多 {limit} 万像素。",
            NOT_KEPT,
            "请降低分辨率后再传。",
        ),
        "413.3": (
            "打开这个文件需要的内存或时间超过限度，可能是压缩炸弹。",
            NOT_KEPT,
            "请用手机重新拍照，或另存为普通的 JPEG、PDF 后再传。",
        ),
        "415.1": (
            "这不是可以接收的图片。",
            NOT_KEPT,
            "请上传 JPEG、PNG 或 HEIC 图片（看内容，不看扩展名）。",
        ),
        "415.2": (
            "不接收这一类文件。",
            NOT_KEPT,
            "请上传 JPEG、PNG、HEIC、PDF、Word（.docx）、Excel（.xlsx）或 AutoCAD（.dwg）文件。",
        ),
        "422.19": ("文件是空的。", NOT_KEPT, "请重新选择文件。"),
        "422.13": ("图片不完整或已损坏，打不开。", NOT_KEPT, "请重新拍照或重新导出后再传。"),
        "422.14": (
            "文件里夹带了脚本或另一个文件（{found}）。",
            NOT_KEPT,
            "请用手机重新拍照，或另存为不带宏和脚本的文件后再传。",
        ),
        "422.18": ("文件不完整或已损坏，打不开。", NOT_KEPT, "请重新导出后再传。"),
        "500.17": (
            "存放的文件与登记的摘要不符。",
            "系统没有把变了样的文件交出去。",
            "请告诉系统管理员，从备份恢复。",
        ),
    }
)
