"""A phone: Chromium over one profile, that may be closed, killed and opened again."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browser.tools import chromium

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
A_DAY_S = 24 * 3600
PATIENCE_MS = 60_000


class Phone:
    def __init__(self, playwright: Playwright, profile: Path, url: str, session: str) -> None:
        self.playwright, self.profile, self.url, self.session = playwright, profile, url, session
        self.context = self._launch(offline=False)
        self.log_in()

    def _launch(self, *, offline: bool) -> BrowserContext:
        context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=chromium(), args=FLAGS, offline=offline,
            viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=self.url,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        return context

    def log_in(self) -> None:
        cookie: Any = {"name": "sessionid", "value": self.session, "url": self.url}
        self.context.add_cookies([cookie | {"expires": time.time() + A_DAY_S}])

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(path)
        return page

    def lose_network(self) -> None:
        self.context.set_offline(True)

    def find_network(self) -> None:
        self.context.set_offline(False)

    def die(self) -> None:
        """As when the battery is taken out; then the same phone is switched on, without network."""
        for pid in self._processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(Exception):
            self.context.close()
        self.context = self._launch(offline=True)

    def _processes(self) -> list[int]:
        mine = f"--user-data-dir={self.profile}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                words = path.read_bytes().split(b"\0")
                if mine in words and not any(word.startswith(b"--type=") for word in words):
                    found.append(int(path.parent.name))
        return found

    def close(self) -> None:
        with suppress(Exception):
            self.context.close()


def _script(name: str) -> str:
    return Path(__file__).with_name(name).read_text()


WORKERS_ACTIVE = _script("workers_active.js")
"""Returns when the app and the plates are in the hands of the worker."""
HELD = _script("held.js")
"""What the phone says it holds, with the digest computed anew from the bytes it keeps."""
QUEUE = _script("queue.js")
"""Puts a finished visit with so many photos into the queue, without the screens."""
DELIVER = _script("deliver.js")
"""Delivers without the pauses between the tries."""
