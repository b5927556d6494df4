"""The ledgers of people, posts, shifts and units."""

from django.db.models import QuerySet

from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import OrganKind, Post, User

from . import actions
from .models import Shift, Unit

STREETS = (OrganKind.SUBDISTRICT, OrganKind.COMMUNITY)
EVERYWHERE = (OrganKind.DISTRICT, *STREETS, OrganKind.UNIT)


class PersonLedger(Ledger[User]):
    model = User
    slug, noun, icon, section = "people", "人员", "users", "管理"
    nav_order = 10
    columns = ["full_name", "username", "organ", Column("duties", "岗位"), "phone", "is_active"]
    filters = ["organ", "is_active"]
    search = ["full_name", "username", "phone"]
    sections = {"账号": ["organ", "username", "full_name", "phone"]}
    aside = ["is_active", "last_login"]
    title, key = "full_name", "username"
    site_kinds = EVERYWHERE
    create, edit = actions.create_user, actions.edit_user
    verbs = [actions.stop_user, actions.start_user]
    detail_template = "office/person.html"

    def loaded(self, rows: "QuerySet[User]") -> "QuerySet[User]":
        return rows.select_related("organ__parent").prefetch_related("posts__organ")


class PostLedger(Ledger[Post]):
    model = Post
    slug, noun, icon, section = "posts", "任职", "shield-lock", "管理"
    nav_order = 11
    columns = ["user", "role", "organ", "since", "until"]
    filters = ["role", "organ"]
    search = ["user__full_name", "user__username"]
    sections = {"任职": ["organ", "user", "role", "until"]}
    aside = ["since"]
    title = "user"
    site_kinds = EVERYWHERE
    create = actions.appoint
    verbs = [actions.dismiss]

    def loaded(self, rows: "QuerySet[Post]") -> "QuerySet[Post]":
        return rows.select_related("user", "organ__parent")


class ShiftLedger(Ledger[Shift]):
    model = Shift
    slug, noun, icon, section = "shifts", "值班表", "calendar", "值守"
    nav_order = 30
    columns = ["person", "kind", "begins", "ends", "organ", "note"]
    filters = ["kind", "person", "organ"]
    sections = {"班次": ["organ", "person", "kind", "begins", "ends", "note"]}
    ordering = ["-begins"]
    title = "person"
    site_kinds = (OrganKind.DISTRICT,)
    create, edit = actions.plan_shift, actions.edit_shift
    verbs = [actions.cancel_shift]

    def loaded(self, rows: "QuerySet[Shift]") -> "QuerySet[Shift]":
        return rows.filter(cancelled_at=None).select_related("person", "organ__parent")


class UnitLedger(Ledger[Unit]):
    model = Unit
    slug, noun, icon, section = "units", "单位", "building", "台账"
    nav_order = 60
    columns = ["name", "nature", "organ", "contact", "phone", "address"]
    filters = ["nature", "organ"]
    search = ["name", "contact", "phone", "address", "credit_code"]
    sections = {
        "单位": ["name", "nature", "credit_code", "organ", "address"],
        "联系": ["contact", "phone"],
    }
    key = "name"
    bulk = ["nature", "contact", "phone"]
    site_kinds = (*STREETS, OrganKind.DISTRICT)
    create, edit = actions.found_unit, actions.edit_unit
    verbs = [actions.close_unit]

    def loaded(self, rows: "QuerySet[Unit]") -> "QuerySet[Unit]":
        return rows.filter(closed_at=None).select_related("organ__parent")
