"""A siren as the duty desk shows it: one state, one note, the age of its last word."""

from collections.abc import Collection, Iterable
from typing import Any

from hudun.affairs.soundings.models import Issuer, SirenStatus
from hudun.assets.sirens.models import Siren

Row = dict[str, Any]
LOW_BATTERY = 20  # percent


def siren_rows(issuer: Issuer, numbers: Collection[int] | None = None) -> list[Row]:
    """Every siren on the office's register, or those with the numbers."""
    sirens = Siren.objects.filter(office=issuer.organ).standing().for_pages().order_by("number")
    said = SirenStatus.objects.of_issuer(issuer)
    if numbers is not None:
        sirens, said = sirens.filter(number__in=numbers), said.filter(siren__in=numbers)
    words = {status.siren: status for status in said}
    return [_row(siren, words.get(siren.number)) for siren in sirens]


def _row(siren: Siren, status: SirenStatus | None) -> Row:
    state, note = state_of(siren, status)
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


def state_of(siren: Siren, status: SirenStatus | None) -> tuple[str, str]:
    """What it does comes before what it is; a fault is named."""
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
    faults = "、".join(_faults(status))
    return ("fault", faults) if faults else ("ok", "")


def _faults(status: SirenStatus) -> Iterable[str]:
    if status.amplifier_ok is False:
        yield "功放故障"
    if status.mains is False:
        yield "市电断"
    if status.battery_percent is not None and status.battery_percent < LOW_BATTERY:
        yield f"电池 {status.battery_percent}%"
    if status.door_open:
        yield "箱门开"
