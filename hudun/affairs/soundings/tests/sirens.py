"""Many sirens at once, for pages: rows as a terminal and dispatch would leave them."""

from collections.abc import Collection
from math import cos, sin

from hudun.affairs.soundings.models import Issuer, SirenStatus
from hudun.affairs.soundings.testing import key_for
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.testing import Stage


def plant_sirens(stage: Stage, count: int = 6) -> list[Siren]:
    """In service, with a terminal, in the two streets by turns, in a spiral round the district."""
    streets = [stage.pozijie, stage.chengnanlu]
    return Siren.objects.bulk_create(
        Siren(
            organ=streets[n % 2], office=stage.tianxin, number=n, kind="electronic",
            name=f"{streets[n % 2].name[:3]}{n}号", state="in_service",
            lon=112.98 + n**0.5 / 700 * cos(n), lat=28.1 + n**0.5 / 700 * sin(n),
            terminal_key=key_for(f"siren {n}").public_key().public_bytes_raw().hex(),
            site_name="市政大楼", site_address=f"解放西路 {n} 号", site_keeper="刘管护",
            site_phone=f"0731-8500{n:04}",
        )
        for n in range(1, count + 1)
    )  # fmt: skip


def hear_from(issuer: Issuer, sirens: Collection[Siren]) -> None:
    """Each has just said that it is well."""
    moment = int(clock.now().timestamp() * 1000)
    SirenStatus.objects.bulk_create(
        SirenStatus(office=issuer.number, siren=siren.number, last_word_ms=moment)
        for siren in sirens
    )
