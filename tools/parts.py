"""Parts of the machine that some tests need, by their Debian names."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tools.pg_cluster import find as find_postgresql

PROGRAMS = {
    "mosquitto": "mosquitto",
    "chromium": "chromium",
    "poppler-utils": "pdftoppm",
    "sox": "sox",
}
SYSTEM_PATH = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin"


def present(package: str) -> bool:
    if package == "postgresql":
        return find_postgresql("postgres") is not None
    if package == "fonts-noto-cjk":
        return any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))
    return shutil.which(PROGRAMS[package], path=SYSTEM_PATH) is not None


def missing(packages: Iterable[str]) -> list[str]:
    return [package for package in packages if not present(package)]


def install_line(packages: Iterable[str]) -> str:
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: list[str]) -> None:
    """Only root may; for anybody else the tiers print the line instead."""
    if not packages or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=env, check=False)
    subprocess.run(install_line(packages).split(), env=env, check=False)
