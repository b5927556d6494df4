"""批准, 安装, 调试, 建档; and the two ways in which it ends before."""

from datetime import date

from hudun.affairs.coverage.flow import SiteFlow
from hudun.affairs.coverage.models import Site
from hudun.assets.sirens.actions import commission as take_into_service
from hudun.assets.sirens.actions import install as stand_up
from hudun.assets.sirens.actions import register_siren
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.ledger.words import label_of

from .limits import drop_limit, set_limit

CARRIED = (
    "name", "kind", "model_name", "power_w", "spl30_db", "radius_m", "position", "height_m",
    "installed_on", "control", "central_control", "address", "source_datum", "source_lon",
    "source_lat", "site_name", "site_address", "site_keeper", "site_phone", "upkeep_name",
    "upkeep_keeper", "upkeep_phone",
)  # fmt: skip
"""What the register of sirens takes over as it is."""
NEEDED = (
    "model_name", "power_w", "spl30_db", "position", "height_m", "address", "source_lon",
    "site_name", "site_keeper", "site_phone", "upkeep_name", "upkeep_keeper", "upkeep_phone",
    "installed_on", "commissioned_on",
)  # fmt: skip
"""Without these the entry in the register would not be whole."""
CONDITION = 200


@action("coverage.approve", moves=SiteFlow.approve)
def approve(act: Act, site: Site, approval_document: str, reason: str = "") -> Site:  # noqa: ARG001
    site.approval_document = approval_document.strip()[:60]
    return _moved(act, site, "approval_document")


@action("coverage.refuse", moves=SiteFlow.refuse, needs_reason=True)
def refuse(act: Act, site: Site) -> Site:
    return _ended(act, site)


@action("coverage.install", moves=SiteFlow.install)
def install(act: Act, site: Site, installed_on: date, installer: str, reason: str = "") -> Site:  # noqa: ARG001
    _not_later(installed_on, "installed_on")
    site.installed_on, site.installer = installed_on, installer.strip()[:100]
    return _moved(act, site, "installed_on", "installer")


@action("coverage.commission", moves=SiteFlow.commission)
def commission(
    act: Act,
    site: Site,
    commissioned_on: date,
    spl30_db: float,
    commissioning: str,
    reason: str = "",  # noqa: ARG001
) -> Site:
    """With the level that was measured, which takes the place of the one that was planned."""
    _not_later(commissioned_on, "commissioned_on")
    if site.installed_on and commissioned_on < site.installed_on:
        raise Problem("422.223", fields={"commissioned_on": "早于安装日期"})
    site.commissioned_on, site.spl30_db = commissioned_on, spl30_db
    site.commissioning = commissioning.strip()[:300]
    return _moved(act, site, "commissioned_on", "spl30_db", "commissioning")


@action("coverage.file", moves=SiteFlow.file)
def file(act: Act, site: Site, siren_number: int, reason: str = "") -> Site:  # noqa: ARG001
    """Enters the siren in the register, in service and with its plate; 409.220 names all that is
    missing, not the first thing."""
    missing = gaps(site)
    if missing:
        raise Problem("409.220", missing="、".join(missing))
    fields = {name: getattr(site, name) for name in CARRIED}
    condition = site.commissioning[:CONDITION]
    siren = register_siren(
        act.actor, site.organ, number=siren_number, condition=condition, **fields
    )
    stand_up(act.actor, siren)
    take_into_service(act.actor, siren)
    site.siren, site.siren_number = siren, siren_number
    act.emit("coverage.siren_filed", {"site": site.pk, "siren": siren.pk})
    return _ended(act, site, "siren", "siren_number", met=True)


@action("coverage.void", moves=SiteFlow.void, needs_reason=True)
def void(act: Act, site: Site) -> Site:
    return _ended(act, site)


def gaps(site: Site) -> list[str]:
    """What the register of sirens would miss."""
    names = [name for name in NEEDED if getattr(site, name) in (None, "")]
    return ["经纬度" if name == "source_lon" else label_of(Site, name) for name in names]


def _moved(act: Act, site: Site, *names: str) -> Site:
    set_limit(act, site)
    site.save(update_fields=[*names, "due_on"])
    return site


def _ended(act: Act, site: Site, *names: str, met: bool = False) -> Site:
    if met:
        set_limit(act, site)
    else:
        drop_limit(act, site)
    site.save(update_fields=[*names, "due_on"])
    return site


def _not_later(day: date, field: str) -> None:
    if day > clock.today():
        raise Problem("422.222", fields={field: "还没有到这一天"})
