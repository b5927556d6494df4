"""Ratings of upkeep and what follows from them."""

from django.db.models import QuerySet

from hudun.affairs.inspections.models import Rating
from hudun.core.ledger.ledger import Column, Ledger


class RatingLedger(Ledger[Rating]):
    model = Rating
    slug, noun, icon, section = "ratings", "维护评定", "flag-check", "巡检"
    nav_order = 60
    columns = [
        Column("plate", "工程", "plate__title", long=True),
        Column("period", "期间", "last"),
        Column("score_words", "得分", "tenths", number=True),
        Column("outcome_words", "结果", "proposed"),
        Column("subsidy_words", "补助", "subsidy_fen", number=True),
        "unit",
        "state",
    ]
    filters = ["state", "proposed", "outcome", "organ", "last"]
    search = ["plate__title", "plate__code", "unit"]
    sections = {
        "评定": [
            "plate", "organ", "first", "last", "proposed", "outcome", "unit", "area_m2",
        ]
    }  # fmt: skip
    aside = ["score_rule", "money_rule", "rated_at", "decided_at", "decided_by"]
    labels = {"organ": "所在街镇"}
    title = "plate"
    list_template = "inspections/rating_list.html"
    detail_template = "inspections/rating.html"

    def loaded(self, rows: "QuerySet[Rating]") -> "QuerySet[Rating]":
        return rows.select_related("plate", "organ__parent", "decided_by")
