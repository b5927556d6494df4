"""Excel, out and in. What comes in is bounded before it is unpacked."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .cells import RISKY, disarm, pour
from .words import Plain

MAX_FILE = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 200
MAX_ROWS = 20_000
MAX_COLUMNS = 120
MAX_TEXT = 2000
HEADER_WITHIN = 10
"""Offices put a title and a date above the headings."""

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_SHEET = "xl/worksheets/sheet1.xml"


class Unreadable(ValueError):
    """Said to the clerk."""


@dataclass(frozen=True)
class Heading:
    label: str
    choices: Sequence[str] = ()
    required: bool = False
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    labels: list[str]
    rows: list[tuple[int, dict[str, str]]]
    """Line number in the file, and text by label."""


def rearm(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def write(
    title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Plain]], count: int = 0
) -> bytes:
    """Row by row: openpyxl would hold every cell as an object, which for a city is gigabytes."""
    book, out = BytesIO(), BytesIO()
    _frame(title, headings).save(book)
    with (
        zipfile.ZipFile(book) as frame,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for part in frame.infolist():
            body = frame.read(part)
            if part.filename != FIRST_SHEET:
                made.writestr(part.filename, body)
                continue
            with made.open(part.filename, "w", force_zip64=True) as target:
                pour(target, body, rows, count)
    return out.getvalue()


def _frame(title: str, headings: Sequence[Heading]) -> Workbook:
    """The book without its rows."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = re.sub(r"[\\/*?:\[\]]", "", title)[:31]
    sheet.append([heading.label for heading in headings])
    _dress(sheet, headings)
    _explain(book, headings)
    return book


def _dress(sheet: Worksheet, headings: Sequence[Heading]) -> None:
    for i, heading in enumerate(headings, start=1):
        cell = sheet.cell(1, i)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8F0FA")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        letter = get_column_letter(i)
        sheet.column_dimensions[letter].width = max(10, min(28, 3 + 2 * len(heading.label)))
        _offer(sheet, letter, heading.choices)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _offer(sheet: Worksheet, letter: str, choices: Sequence[str]) -> None:
    listed = ",".join(choices)
    if choices and len(listed) <= 250 and not any("," in choice for choice in choices):
        offer = DataValidation("list", formula1=f'"{listed}"', allow_blank=True)
        offer.add(f"{letter}2:{letter}{MAX_ROWS}")
        sheet.add_data_validation(offer)


def _explain(book: Workbook, headings: Sequence[Heading]) -> None:
    sheet = book.create_sheet("填写说明")
    sheet.append(["列名", "必填", "可填的内容"])
    for heading in headings:
        allowed = "、".join(heading.choices[:40]) or heading.note
        sheet.append([heading.label, "是" if heading.required else "", disarm(allowed)])
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["C"].width = 80


def read(file: IO[bytes], size: int, known: Sequence[str], key: str) -> Sheet:
    """The first sheet. `known` are the labels that mean something, `key` the one that must be."""
    if size > MAX_FILE:
        raise Unreadable(f"文件超过 {MAX_FILE // 1024 // 1024} MB，请拆分后再上传。")
    _guard(file)
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = list(_lines(sheet))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("读不出这个文件，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。") from error
    return _table(lines, {_norm(label): label for label in known}, key)


def _guard(file: IO[bytes]) -> None:
    """An archive that unpacks beyond all measure, or defines its own entities, is not read."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unreadable("文件解压后过大，请只保留一张表再上传。")
            for part in parts:
                _guard_part(archive, part)
    except zipfile.BadZipFile:
        raise Unreadable("这不是 .xlsx 文件。旧的 .xls 请另存为 .xlsx 再上传。") from None
    except (NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable("读不出这个文件，可能已加密或损坏。") from error


def _guard_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The stated size may lie; what is read does not."""
    with archive.open(part) as stream:
        body = stream.read(MAX_UNPACKED + 1)
    if len(body) > MAX_UNPACKED:
        raise Unreadable("文件解压后过大，请只保留一张表再上传。")
    if part.filename.endswith((".xml", ".rels")) and b"<!" in body.replace(b"<!--", b""):
        raise Unreadable("文件里有不允许的内容（实体定义），请另存后再上传。")


def _lines(sheet: Any) -> Iterable[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        if number > MAX_ROWS + HEADER_WITHIN:
            raise Unreadable(f"一次最多导入 {MAX_ROWS} 行，请拆分后再上传。")
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case datetime():
            return f"{cell:%Y-%m-%d}"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float():
            return repr(cell)
        case _:
            return rearm(str(cell).strip())[:MAX_TEXT]


def _norm(label: str) -> str:
    return re.sub(r"[\s*＊]", "", label).replace("(", "（").replace(")", "）")


def _table(lines: list[tuple[int, list[str]]], known: dict[str, str], key: str) -> Sheet:
    heads = [
        [known.get(_norm(text), text) for text in texts] for _n, texts in lines[:HEADER_WITHIN]
    ]
    fits = [i for i, labels in enumerate(heads) if key in labels and len(set(labels)) > 1]
    if not fits:
        raise Unreadable(f"前 {HEADER_WITHIN} 行里没有找到表头，表头里必须有“{key}”一列。")
    labels = heads[fits[0]]
    twice = sorted({label for label in labels if label and labels.count(label) > 1})
    if twice:
        raise Unreadable(f"表头里有重复的列：{'、'.join(twice)}。")
    rows = [(number, _row(labels, texts)) for number, texts in lines[fits[0] + 1 :]]
    return Sheet([label for label in labels if label], rows)


def _row(labels: list[str], texts: list[str]) -> dict[str, str]:
    return {label: text for label, text in zip(labels, texts, strict=False) if label}
