"""What if: asked of a version, and made into one."""

from typing import Any

from hudun.affairs.plans.book.names import BOOK
from hudun.affairs.plans.flow import READERS, STAFF
from hudun.affairs.plans.models import ShelterRow, Trial, TrialKind, Version
from hudun.affairs.plans.reading import load
from hudun.affairs.plans.sources import sources
from hudun.core.action import Act, Actor, action
from hudun.core.error import Problem
from hudun.core.organ import Role
from hudun.core.planner import ask_run

from .version import check_made, new_version, record_book

LOSE, LEAVE = "plans.lose", "plans.leave"
TRIERS = READERS - {Role.AUDITOR}
NAMED = 6
"""Shelters named in the title of a loss before it is cut."""


@action("plans.try_loss", label="演算损失", roles=TRIERS)
def try_loss(
    act: Act, version: Version, /, lost: list[int], closed: dict[str, Any] | None = None,
    penalty_m: float = 1_000.0,
) -> Trial:  # fmt: skip
    """`lost` are positions of shelters in the version; `closed` a shape: streets it touches."""
    check_made(version)
    rows = ShelterRow.objects.of(version).filter(position__in=lost)
    names = [row.name for row in rows]
    if not names and not closed:
        raise Problem("422.305")
    if not 0 <= penalty_m <= 100_000:
        raise Problem("422.303", label="少改派", why="0 到 100000 米")
    ask = {"names": names, "closed": closed, "penalty_m": penalty_m}
    return _asked(act, version, TrialKind.LOSS, _title(names, closed), ask, LOSE)


def _title(names: list[str], closed: dict[str, Any] | None) -> str:
    more = f" 等 {len(names)} 个" if len(names) > NAMED else ""
    lost = f"损失 {'、'.join(names[:NAMED])}{more}" if names else ""
    return "，".join(filter(None, (lost, "断路" if closed else "")))[:120]


@action("plans.try_leave", label="演算疏散", roles=TRIERS)
def try_leave(
    act: Act, version: Version, /, shares: dict[str, float], vehicles: int = 100,
    seats: int = 45, gather_m: float = 1_500.0,
) -> Trial:  # fmt: skip
    check_made(version)
    found = sources(version.plan)
    missing = [label for kind, label in NEEDED.items() if kind not in found]
    if missing:
        raise Problem("422.301", missing="、".join(missing))
    total = sum(shares.values())
    if not shares or min(shares.values()) < 0 or not 0 < total <= 1:
        raise Problem("422.303", label="离城比例", why="各不小于 0，合计大于 0、不大于 100 %")
    if not (1 <= vehicles <= 100_000 and 1 <= seats <= 500 and 100 <= gather_m <= 50_000):
        raise Problem("422.303", label="车辆、座位、距离", why="超出合理范围")
    ask = {
        "shares": shares, "vehicles": vehicles, "seats": seats, "gather_m": gather_m,
        "files": {kind: found[kind].as_json() for kind in NEEDED},
    }  # fmt: skip
    title = "、".join(f"{wave} {share * 100:g} %" for wave, share in shares.items())
    return _asked(act, version, TrialKind.LEAVE, f"疏散：{title}"[:120], ask, LEAVE)


NEEDED = {"assembly": "集结点", "areas": "疏散地域"}


def _asked(
    act: Act, version: Version, kind: TrialKind, title: str, ask: dict[str, Any], work: str
) -> Trial:
    trial = Trial(
        organ=version.organ, version=version, kind=kind, title=title, ask=ask,
        asked_at=act.now, asked_by=act.actor.user,
    )  # fmt: skip
    trial.run = ask_run(
        act.actor, version.organ, kind=work, ask={**ask, "run": str(version.run_id)},
        back=f"/plans/trials/{trial.pk}/",
    )  # fmt: skip
    trial.save(force_insert=True)
    return trial


@action("plans.adopt_trial", label="作为新版起草", roles=STAFF)
def adopt_trial(act: Act, trial: Trial) -> Version:
    """The stable plan after a loss becomes a draft of its own."""
    if trial.became is not None:
        raise Problem("409.303", edition=trial.became.number)
    if trial.kind != TrialKind.LOSS or trial.run is None or trial.run.state != "done":
        raise Problem("409.304")
    before = trial.version
    version = new_version(
        act, before.plan, note=f"{trial.title}后的稳定方案", terms=before.terms,
        based_on=before, run=trial.run,
    )  # fmt: skip
    book = load(trial.run.folder / BOOK)
    loss = {"kind": "损失", "line": trial.title, "digest": ""}
    version = record_book(
        Actor.system(trial.organ), version, book=book, inputs=[*before.inputs, loss]
    )
    trial.became = version
    trial.save(update_fields=["became"])
    return version
