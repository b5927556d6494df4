"""What is admitted, what is refused with which number, and in how much memory."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from hudun.core.attachment import admit
from hudun.core.attachment.admit import admit_file, admit_photo
from hudun.core.error import Problem

from .pictures import archive, heic, jpeg, png, png_bomb, png_with_text

BIG_HEIC = Path(__file__).with_name("48_megapixels.heic")


def refusal(judge: Callable[[bytes], object], data: bytes) -> str:
    with pytest.raises(Problem) as refused:
        judge(data)
    assert refused.value.todo
    return refused.value.number


@pytest.mark.parametrize(
    ("data", "media"), [(jpeg(), "image/jpeg"), (heic(), "image/heic"), (png(), "image/png")]
)
def test_what_phones_make_is_admitted_as_it_is(data: bytes, media: str) -> None:
    admitted = admit_photo(data)
    assert admitted.data is data
    assert admitted.media_type == media
    assert admitted.small.startswith(b"\xff\xd8\xff")
    assert (admitted.width or 0) > (admitted.height or 0)


def test_a_picture_taken_upright_is_shown_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = admit_photo(jpeg(320, 200, exif=exif.tobytes()))
    assert (turned.width, turned.height) == (200, 320)


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (b"", "422.19"),
        (b"GIF89a" + bytes(100), "415.1"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "415.1"),
        (b"<!doctype html><script>alert(1)</script>", "415.1"),
        (b"\xff\xd8\xff" + bytes(500), "422.13"),
        (jpeg()[:-600], "422.13"),
        (png(400, 400)[:-20], "422.13"),
        (heic()[:-200], "422.13"),
        (png_with_text(b"<script>fetch('/duty/stop/')</script>"), "422.14"),
        (png_with_text(b"<img src=x ONERROR = alert(1)>"), "422.14"),
        (png() + b"/*=1;alert(document.domain)*/", "422.14"),
        (jpeg() + archive(a_txt=b"x"), "422.14"),
        (jpeg() + b"<?php system($_GET[0]); ?>", "422.14"),
        (jpeg()[:20] + b"%PDF-1.7" + jpeg()[20:], "422.14"),
    ],
)
def test_what_is_no_whole_clean_picture_is_refused(data: bytes, number: str) -> None:
    assert refusal(admit_photo, data) == number


def test_too_many_bytes_are_refused_before_they_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admit, "MAX_BYTES", 1000)
    assert refusal(admit_photo, jpeg()) == "413.1"


def test_a_gigapixel_picture_is_refused_by_its_header() -> None:
    bomb = png_bomb(32_000)
    assert len(bomb) < 1_000_000
    assert refusal(admit_photo, bomb) == "413.2"


def test_what_bursts_the_memory_bound_bursts_only_the_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admit, "MEMORY", 200 * admit.MB)
    assert refusal(admit_photo, BIG_HEIC.read_bytes()) in {"413.3", "422.13"}
    monkeypatch.setattr(admit, "MEMORY", 8 * admit.MB)
    assert refusal(admit_photo, jpeg()) == "413.3"


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admit, "PATIENCE_S", 0.01)
    assert refusal(admit_photo, jpeg()) == "413.3"


def test_48_megapixels_of_a_phone_are_admitted() -> None:
    for data in (jpeg(8000, 6000), BIG_HEIC.read_bytes()):
        admitted = admit_photo(data)
        assert (admitted.width, admitted.height) == (8000, 6000)


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (PDF, "application/pdf"),
        (archive(word__document_xml=b"<w/>"), "wordprocessingml.document"),
        (archive(xl__workbook_xml=b"<w/>"), "spreadsheetml.sheet"),
        (b"AC1032" + bytes(200), "image/vnd.dwg"),
        (jpeg(), "image/jpeg"),
    ],
)
def test_documents_an_office_has_are_admitted(data: bytes, media: str) -> None:
    assert admit_file(data).media_type.endswith(media)


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (b"MZ" + bytes(200), "415.2"),
        (archive(a_txt=b"x"), "415.2"),
        (PDF[:-20], "422.18"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app)>>"), "422.14"),
        (archive(word__document_xml=b"<w/>", word__vbaProject_bin=b"x"), "422.14"),
        (archive(word__document_xml=b"<w/>", word__media=bytes(110_000_000)), "413.3"),
        (archive(word__document_xml=b"<w/>")[:-30], "422.18"),
    ],
)
def test_programs_bombs_and_pieces_are_refused(data: bytes, number: str) -> None:
    assert refusal(admit_file, data) == number
