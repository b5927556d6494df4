"""Decodes one image in a process of its own, so that memory, time and crashes stay there.

python -I decoder.py FORMAT MAX_PIXELS MEMORY SECONDS < image > answer

The answer is one line of JSON, then the small picture as JPEG. Nothing of hudun is imported.
"""

import io
import json
import resource
import sys

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

SMALL = 800
QUALITY = 80


class Refused(Exception):
    pass


def main(argv: list[str]) -> int:
    kind, pixels, memory, seconds = argv[0], *map(int, argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    data = sys.stdin.buffer.read()
    try:
        said, small = decoded(kind, data, pixels)
    except Refused as refusal:
        said, small = refusal.args[0], b""
    except MemoryError:
        said, small = {"refused": "memory"}, b""
    except Exception:  # a decoder meets what nobody thought of
        said, small = {"refused": "broken"}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + small)
    return 0


def decoded(kind: str, data: bytes, max_pixels: int) -> tuple[dict[str, object], bytes]:
    """The size as the header gives it is judged before a single pixel is decoded."""
    image = opened(kind, data)
    width, height = image.size
    if width * height > max_pixels:
        raise Refused({"refused": "pixels", "width": width, "height": height})
    upright = image.getexif().get(0x0112, 1) < 5
    small = small_picture(image)
    size = (width, height) if upright else (height, width)
    return {"width": size[0], "height": size[1]}, small


def opened(kind: str, data: bytes) -> ImageFile.ImageFile:
    Image.MAX_IMAGE_PIXELS = None  # our own bound is stricter and says what it is
    if kind == "HEIF":
        import pi_heif

        pi_heif.options.DECODE_THREADS = 1
        pi_heif.register_heif_opener(thumbnails=False)
    try:
        return Image.open(io.BytesIO(data), formats=[kind])
    except UnidentifiedImageError as error:
        raise Refused({"refused": "broken"}) from error


def small_picture(image: ImageFile.ImageFile) -> bytes:
    """Reads the whole picture: what is cut off or damaged shows here."""
    image.draft("RGB", (SMALL, SMALL))  # a JPEG is decoded at an eighth of its size
    image.load()
    image.thumbnail((SMALL, SMALL))
    turned = ImageOps.exif_transpose(image)
    flat = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    if flat.mode == "RGBA":
        white = Image.new("RGBA", flat.size, "white")
        flat = Image.alpha_composite(white, flat).convert("RGB")
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
