"""Five photos from a basement: nothing is lost and nothing doubled, whatever the line does.

python -m tests.test_offline_delivery --seeds 50
"""

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from hudun.core.identity import new_id
from tests.browser.house import House, environment
from tests.offline.line import BadLine
from tests.offline.phone import DELIVER, HELD, QUEUE, WORKERS_ACTIVE, Phone
from tests.offline.stage import TEMPLATE
from tools.migrated import empty_office

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHOTOS, PHOTO_BYTES, RATE = 5, 300_000, 0.3
PATIENCE_MS = 100_000
COUNT = """
    import json
    from hashlib import sha256
    from hudun.affairs.inspections.models import PhotoPromise, Visit
    from hudun.core.attachment.files import original
    from hudun.core.attachment.models import Attachment
    from hudun.core.journal.models import JournalLine
    from hudun.core.journal.verify import verify

    def digest(pk):
        return sha256(original(Attachment.objects.get(pk=pk).sha256)).hexdigest()

    print(json.dumps({
        "visits": sorted(str(pk) for pk in Visit.objects.values_list("pk", flat=True)),
        "photos": {
            str(one.pk): [str(one.visit_id), digest(one.pk)]
            for one in PhotoPromise.objects.exclude(received_at=None)
        },
        "missing": PhotoPromise.objects.filter(received_at=None).count(),
        "attachments": Attachment.objects.count(),
        "lines": {
            verb: JournalLine.objects.filter(verb=f"inspections.{verb}").count()
            for verb in ("receive_visit", "receive_photo")
        },
        "faults": len(verify()),
    }))
"""


@dataclass
class Office:
    house: House
    told: dict[str, Any]
    line: BadLine

    @property
    def url(self) -> str:
        return f"http://localhost:{self.line.port}"

    def counted(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.house.django(COUNT))
        return said


@contextmanager
def office(var: Path) -> Iterator[Office]:
    """A real web process on its own database, behind a line that is good until it is worsened."""
    house = House(var, environment(var))
    empty_office(var)
    told = json.loads(house.run("-m", "tests.offline.stage"))
    house.open()
    line = BadLine(house.port)
    try:
        yield Office(house, told, line)
    finally:
        line.close()
        house.close()


@contextmanager
def phone(playwright: Playwright, place: Path, at: Office) -> Iterator[Phone]:
    made = Phone(playwright, place / "profile", at.url, at.told["session"])
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    var = tmp_path / "var"
    var.mkdir()
    with office(var) as made:
        yield made


def picture(seed: int) -> dict[str, Any]:
    """About as many bytes as a photo of a wall has, for a file input."""
    out = io.BytesIO()
    noise = Image.effect_noise((1000, 780), 40 + seed).convert("RGB")
    noise.save(out, "JPEG", quality=85)
    return {"name": f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def photograph(page: Page, item: str, *seeds: int) -> None:
    place = page.locator(f"#item-{item}")
    for seed in seeds:
        shown = place.locator(".strip img").count()
        place.locator("input[type=file]").first.set_input_files(picture(seed))  # type: ignore[arg-type]
        expect(place.locator(".strip img")).to_have_count(shown + 1, timeout=PATIENCE_MS)
    expect(place.locator(".photo-said")).to_have_text("照片已存入手机")


def ready(page: Page) -> None:
    """The phone has its bundle, and its worker keeps both the app and the plates."""
    page.wait_for_selector(".plates li")
    page.evaluate(WORKERS_ACTIVE)


def test_five_photos_from_a_basement(here: Office, tmp_path: Path, playwright: Playwright) -> None:
    code = here.told["codes"][1]
    with phone(playwright, tmp_path, here) as mine:
        ready(mine.open("/field/"))
        mine.lose_network()
        page = mine.open(f"/p/{code}/")
        page.locator("#item-plate_intact").get_by_text("不合格", exact=True).click()
        page.locator("#item-plate_intact .comment textarea").fill("牌面锈蚀")
        photograph(page, "plate_intact", 1, 2)
        page.close()

        page = mine.open(f"/p/{code}/")
        expect(page.locator("#item-plate_intact .strip img")).to_have_count(2)
        page.locator("#item-mount_firm").get_by_text("合格", exact=True).click()
        photograph(page, "mount_firm", 3, 4)
        mine.die()

        page = mine.open(f"/p/{code}/")
        expect(page.locator("#item-mount_firm .strip img")).to_have_count(2)
        expect(page.locator("#item-plate_intact textarea")).to_have_value("牌面锈蚀")
        photograph(page, "mount_firm", 5)
        page.get_by_role("button", name="结束检查").click()
        page.get_by_role("button", name="照此结束").click()
        expect(page.locator("#unsent")).to_have_text("未送达 1（照片 5）")
        held = page.evaluate(HELD)
        assert [photo["sha256"] for photo in held] == [photo["promised"] for photo in held]
        assert len(held) == PHOTOS
        assert all(photo["size"] > PHOTO_BYTES * 0.8 for photo in held)

        here.line.worsen(7, RATE)
        here.line.lose_done = True
        mine.find_network()
        mine.log_in()  # the dead phone had not yet written down its session
        page.reload()
        expect(page.locator("#unsent")).to_have_text("全部送达", timeout=PATIENCE_MS)
        assert here.line.lost_done == 1
        assert here.line.failed
    expect_once(here.counted(), held)


def expect_once(counted: dict[str, Any], held: list[dict[str, Any]]) -> None:
    """The office has each visit and each photo once, and the bytes are those of the phone."""
    visits = sorted({photo["visit"] for photo in held})
    assert counted["visits"] == visits
    assert counted["photos"] == {photo["id"]: [photo["visit"], photo["sha256"]] for photo in held}
    assert (counted["missing"], counted["faults"]) == (0, 0)
    assert counted["attachments"] == len(held)
    assert counted["lines"] == {"receive_visit": len(visits), "receive_photo": len(held)}


def deliver_seeds(playwright: Playwright, at: Office, place: Path, seeds: list[int]) -> None:
    """Each seed a visit of five photos over a line of its own, all on one phone."""
    held: list[dict[str, Any]] = []
    with phone(playwright, place, at) as mine:
        page = mine.open("/field/")
        ready(page)
        for seed in seeds:
            at.line.worsen(0, 0)
            wanted = {
                "id": str(new_id()), "code": at.told["codes"][seed % 3],
                "campaign": at.told["campaign"], "template": TEMPLATE,
                "photos": PHOTOS, "bytes": PHOTO_BYTES,
            }  # fmt: skip
            mine_now = page.evaluate(QUEUE, wanted)
            at.line.worsen(seed, RATE)
            at.line.lose_done = True
            before, asked = sum(at.line.failed.values()), at.line.asked
            done = page.evaluate(DELIVER)
            assert [wanted["id"], "delivered"] in done["visits"], done
            held += mine_now
            failed = sum(at.line.failed.values()) - before
            print(f"seed {seed}: {done['tries']} tries, {failed} of {at.line.asked - asked} failed")
    expect_once(at.counted(), held)


@pytest.mark.parametrize("seeds", [[1, 2, 3]])
def test_nothing_lost_and_nothing_doubled(
    here: Office, tmp_path: Path, playwright: Playwright, seeds: list[int]
) -> None:
    deliver_seeds(playwright, here, tmp_path, seeds)


@pytest.mark.nightly
def test_fifty_seeds(here: Office, tmp_path: Path, playwright: Playwright) -> None:
    deliver_seeds(playwright, here, tmp_path, list(range(50)))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "var").mkdir()
        with office(place / "var") as at, sync_playwright() as playwright:
            deliver_seeds(
                playwright, at, place, list(range(options.first, options.first + options.seeds))
            )
            print(
                json.dumps(
                    {"seeds": options.seeds, "asked": at.line.asked, "failed": at.line.failed}
                )
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
