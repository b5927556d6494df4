"""A siren as the duty desk shows it: one state, one note, the age of its last word."""

from collections.abc import Collection, Iterable
from typing import Any

from hudun.affairs.soundings.models import Issuer, SirenStatus
from hudun.assets.sirens.models import Siren

Row = dict[str, Any]
LOW_BATTERY = 20  # percent
CLOCK_OFF_MS = 1000  # what the accuracy of a sounding allows
FEW = 20
"""Of so many the telemetry is told as well; a thousand cards are never open at once."""


def siren_rows(issuer: Issuer, numbers: Collection[int] | None = None) -> list[Row]:
    """Every siren on the office's register, or those with the numbers."""
    sirens = Siren.objects.filter(office=issuer.organ).standing().for_pages().order_by("number")
    said = SirenStatus.objects.of_issuer(issuer)
    if numbers is not None:
        sirens = sirens.numbered(numbers)
        said = said.filter(siren__in=sirens.values("number"))
    words = {status.siren: status for status in said}
    roster = issuer.rosters.order_by("-number").values_list("number", flat=True).first()
    rows = [_row(siren, words.get(siren.number), roster) for siren in sirens]
    if numbers is not None and len(numbers) <= FEW:
        for row in rows:
            row["told"] = " · ".join(telemetry(words.get(row["n"])))
    return rows


def telemetry(status: SirenStatus | None) -> Iterable[str]:
    """What the terminal measures, in words; what it does not measure is left out."""
    if status is None:
        return
    for value, yes, no in (
        (status.mains, "市电正常", "市电断"),
        (status.amplifier_ok, "功放自检合格", "功放自检不合格"),
        (status.door_open, "箱门开", "箱门关"),
    ):
        if value is not None:
            yield yes if value else no
    if status.battery_percent is not None:
        yield f"电池 {status.battery_percent}%"
    if status.celsius is not None:
        yield f"{status.celsius} ℃"
    if status.offset_ms is not None:
        yield _clock(status.offset_ms, 2)
    if status.roster is not None:
        yield f"名册第 {status.roster} 版" if status.roster else "没有名册"
    if status.firmware:
        yield f"固件 {status.firmware}"


def _row(siren: Siren, status: SirenStatus | None, roster: int | None) -> Row:
    state, note = state_of(siren, status, roster)
    return {
        "n": siren.number,
        "name": siren.name,
        "area": siren.street,
        "address": siren.site_address or siren.address or siren.position,
        "keeper": siren.site_keeper or siren.upkeep_keeper,
        "phone": siren.site_phone or siren.upkeep_phone,
        "lon": siren.lon,
        "lat": siren.lat,
        "url": f"/sirens/{siren.pk}/",
        "at": status.last_word_ms if status else None,
        "state": state,
        "note": note,
    }


def state_of(
    siren: Siren, status: SirenStatus | None, roster: int | None = None
) -> tuple[str, str]:
    """What it does comes before what it is; a fault is named. ``roster``: the one in force."""
    if status is not None and status.unsolicited:
        return "unsolicited", ""
    if status is not None and status.sounding:
        return "sounding", ""
    if siren.state != "in_service":
        return "out", siren.flow.shown(siren).label
    if not siren.has_terminal:
        return "out", "人工鸣放"
    if status is None or status.last_word_ms is None:
        return "never", ""
    if status.lost:
        return "lost", ""
    faults = "、".join(_faults(status, roster))
    return ("fault", faults) if faults else ("ok", "")


def _clock(offset_ms: int, digits: int) -> str:
    """The offset is what the terminal's clock lacks to office time."""
    return f"时钟{'快' if offset_ms < 0 else '慢'} {abs(offset_ms) / 1000:.{digits}f} 秒"


def _faults(status: SirenStatus, roster: int | None) -> Iterable[str]:
    if status.amplifier_ok is False:
        yield "功放故障"
    if status.mains is False:
        yield "市电断"
    if status.battery_percent is not None and status.battery_percent < LOW_BATTERY:
        yield f"电池 {status.battery_percent}%"
    if status.door_open:
        yield "箱门开"
    if status.offset_ms is not None and abs(status.offset_ms) > CLOCK_OFF_MS:
        yield _clock(status.offset_ms, 1)
    if status.roster is not None and roster is not None and status.roster != roster:
        held = f"名册为第 {status.roster} 版" if status.roster else "没有名册"
        yield f"{held}，现行第 {roster} 版"
