"""Ratings are worked out from the records, decided by a person, and made known."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from hudun.affairs.inspections.flow import RatingFlow
from hudun.affairs.inspections.models import OutcomeKind, Rating
from hudun.affairs.inspections.rating import Parts, Rated, rate, subsidy_fen
from hudun.affairs.inspections.records import Period, parts_of
from hudun.affairs.inspections.roles import STAFF
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.plate import Plate
from hudun.core.plate.models import load_assets
from hudun.core.rule import Rule, rule

BATCH = 1000


@action("inspections.rate_period", label="计算维护评定", roles=STAFF)
def rate_period(act: Act, organ: Organ, first: date, last: date) -> None:
    """Drafts for all plated things that are maintained. Called again it renews the drafts; what
    was decided stays. Things that nobody visited in the period get none."""
    if first > last or (last - first).days > 366:
        raise Problem("422.118", fields={"last": "期间应在一年以内"})
    if last > clock.beijing(act.now).date():
        raise Problem("422.118", fields={"last": "期间还没有结束"})
    period, seat = Period(first, last), organ.seat()
    rules = [rule(topic, seat.province, last, seat) for topic in TOPICS]
    plates = _to_rate(organ, period)
    records = parts_of(plates, period)
    drafts = [
        _draft(act, plate, period, records[plate.pk], rated, rules)
        for plate in plates
        if (rated := rate(records[plate.pk], rules[0].value))
    ]
    Rating.objects.of_period(first, last).under(organ).filter(state="draft").delete()
    Rating.objects.bulk_create(drafts, batch_size=BATCH)
    act.note(first=first, last=last, plates=len(plates), drafts=len(drafts))


TOPICS = ("maintenance_scores", "maintenance_subsidies")


@action("inspections.decide_rating", moves=RatingFlow.decide)
def decide_rating(act: Act, rating: Rating, outcome: str = "", reason: str = "") -> Rating:
    """As proposed, or otherwise with a reason."""
    chosen = outcome or rating.proposed
    if chosen not in OutcomeKind.values:
        raise Problem("422.119", fields={"outcome": "请选择结果"})
    if chosen != rating.proposed and not (reason or act.reason):
        raise Problem("422.1", label="改变评定结果", fields={"reason": "请填写理由"})
    if chosen != rating.proposed:
        rating.subsidy_fen = _money(act, rating, chosen)
    rating.outcome, rating.decided_at, rating.decided_by = chosen, act.now, act.actor.user
    rating.save(update_fields=["outcome", "subsidy_fen", "decided_at", "decided_by"])
    act.emit("inspections.outcome_decided", _told(rating))
    return rating


@action("inspections.void_rating", moves=RatingFlow.void, needs_reason=True)
def void_rating(act: Act, rating: Rating) -> Rating:
    if rating.decided_at:
        act.emit("inspections.outcome_voided", {"rating": rating.pk, "reason": act.reason})
    return rating


def _told(rating: Rating) -> dict[str, object]:
    """What answers this event need not know the rating."""
    return {
        "rating": rating.pk,
        "plate": rating.plate_id,
        "title": rating.plate.title,
        "outcome": rating.outcome,
        "outcome_words": OutcomeKind(rating.outcome).label,
        "unit": rating.unit,
        "amount_fen": rating.subsidy_fen,
        "period": rating.period,
        "year": rating.last.year,
        "sample": rating.sample,
    }


def _to_rate(organ: Organ, period: Period) -> list[Plate]:
    """Active, maintained, and not yet decided on."""
    decided = Rating.objects.decided().of_period(period.first, period.last)
    plates = Plate.objects.active().under(organ).exclude(pk__in=decided.values("plate"))
    loaded = load_assets(plates.select_related("organ"))
    return [plate for plate in loaded if plate.asset.plate_systems()]


def _draft(
    act: Act, plate: Plate, period: Period, parts: Parts, rated: Rated, rules: Iterable[Rule]
) -> Rating:
    scores, money = rules
    area = plate.asset.plate_area_m2()
    return Rating(
        organ=plate.organ,
        plate=plate,
        first=period.first,
        last=period.last,
        tenths=rated.tenths,
        parts=[list(part) for part in rated.parts],
        records={**asdict(parts), "found": dict(parts.found), "late": dict(parts.late)},
        reasons=list(rated.reasons),
        proposed=rated.outcome.value,
        unit=_keeper(plate),
        area_m2=area,
        subsidy_fen=subsidy_fen(area, rated.outcome, money.value),
        score_rule=scores.version,
        money_rule=money.version,
        sample="样例" in (scores.source, money.source),
        rated_at=act.now,
    )


def _keeper(plate: Plate) -> str:
    units = {c.role: c.unit for c in plate.asset.plate_contacts() if c.unit}
    return units.get("maintainer") or units.get("user") or units.get("owner") or ""


def _money(act: Act, rating: Rating, outcome: str) -> int | None:
    seat = rating.organ.seat()
    act.note(proposed=rating.proposed, proposed_fen=rating.subsidy_fen)
    return subsidy_fen(
        rating.area_m2, outcome, rule(TOPICS[1], seat.province, rating.last, seat).value
    )
