"""The declaration of a ledger: about ten lines a noun, from which every page follows.

    class PumpLedger(Ledger[Pump]):
        slug, noun, icon, section = "pumps", "水泵", "tool", "台账"
        columns = ["number", "name", "kind", Column("street", "街镇", "organ__path"), "state"]
        filters = ["state", "kind", "organ"]
        search = ["name", "maker"]
        sections = {"基本情况": ["number", "name", "organ", …], "位置": […]}
        key, place = "number", True
        create, edit = actions.register_pump, actions.edit_pump
        model = Pump

A subclass with a slug is registered by being defined; `ledger_urls(PumpLedger)` mounts it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property, classproperty

from hudun.core.action import Action, Actor
from hudun.core.error import Problem
from hudun.core.flow import Flow, State
from hudun.core.organ import OrganKind, Role, User
from hudun.core.shell import nav

from .words import Plain, is_long, is_number, label_of, plain, words

M = TypeVar("M", bound=Model)

SITES = (OrganKind.SUBDISTRICT, OrganKind.COMMUNITY, OrganKind.DISTRICT)


@dataclass(frozen=True)
class Column:
    """A field, or a property of the record; `order` is what it is sorted by, if not itself."""

    name: str
    label: str = ""
    order: str = ""
    number: bool = False
    long: bool = False


ledgers: "dict[str, Ledger[Any]]" = {}


class Ledger(Generic[M]):
    model: type[M]
    slug: str = ""
    """Names the addresses: <slug>-list, <slug>-detail …"""
    noun: str = ""
    icon: str = "table"
    section: str = "台账"
    tab: bool = False
    """Also in the bar at the foot of a phone."""
    nav_order: int = 50

    readers: Collection[Role] = ()
    """Roles that may open it; all if none are named."""

    columns: Sequence[str | Column] = ()
    filters: Sequence[str] = ()
    search: Sequence[str] = ()
    sections: dict[str, Sequence[str]] = {}
    """Headings and the fields under them, on the page, in the form and in the sheet."""
    aside: Sequence[str] = ()
    """Shown on the page of a record but not filled in by hand."""
    ordering: Sequence[str] = ()
    labels: dict[str, str] = {}
    """Where a field is called otherwise here than in the model."""
    title: str = "name"
    """The column that leads to the record's page."""
    key: str = ""
    """The field that names a record in a sheet, within the office."""
    within: str = ""
    """The field with the record it is a part of, where there is one: the key counts within that,
    and it lies in the same organ."""
    bulk: Sequence[str] = ()
    """Fields that may be set for many records at once."""
    place: bool = False
    site_kinds: Collection[OrganKind] = SITES
    """Kinds of organ that the `organ` of a record may be."""
    page_size: int = 50
    has_history: bool = True

    create: "Action[Any, ..., Any] | None" = None
    """create(actor, organ, **fields)"""
    edit: "Action[Any, ..., Any] | None" = None
    """edit(actor, record, **changes)"""
    verbs: "Sequence[Action[Any, ..., Any]]" = ()
    """Offered on the page of a record beside the moves of its flow; `offered` may choose."""

    list_template: ClassVar[str] = "core/ledger/list.html"
    detail_template: ClassVar[str] = "core/ledger/detail.html"

    def __init_subclass__(cls) -> None:
        if not cls.slug:
            return
        if cls.slug in ledgers:
            raise ValueError(f"two ledgers named {cls.slug}")
        cls.columns = [cls._column(spec) for spec in cls.columns]
        ledgers[cls.slug] = cls()
        nav(
            cls.section,
            cls.noun,
            f"{cls.slug}-list",
            icon=cls.icon,
            tab=cls.tab,
            order=cls.nav_order,
            roles=cls.readers,
        )

    @classmethod
    def _column(cls, spec: str | Column) -> Column:
        if isinstance(spec, Column):
            return spec
        label = cls.labels.get(spec) or label_of(cls.model, spec)
        return Column(spec, label, spec, is_number(cls.model, spec), is_long(cls.model, spec))

    # What a noun may say differently.

    def loaded(self, rows: "QuerySet[M]") -> "QuerySet[M]":
        """With all that a row shows, so that a list asks no further question."""
        return rows

    def hidden(self, user: User, record: M) -> frozenset[str]:  # noqa: ARG002
        """Fields of the record that the person must not see."""
        return frozenset()

    def offered(self, record: M) -> "Sequence[Action[Any, ..., Any]]":  # noqa: ARG002
        """The verbs that mean something for the record as it is."""
        return self.verbs

    def clean(self, values: dict[str, Any]) -> None:
        """Checks across fields; raises ValidationError."""

    def say(self, record: M, name: str) -> str:
        """A value in words."""
        return words(record, name)

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        """django-filter filters that no field gives, by name."""
        return {}

    def note_of(self, record: M) -> str:  # noqa: ARG002
        """A line for the map's pop-up."""
        return ""

    # What follows.

    def rows(self, user: User) -> "QuerySet[M]":
        """What the person may see."""
        manager: Any = self.model._default_manager
        return self.loaded(manager.visible_to(user))

    @classproperty
    def flow(cls) -> type[Flow] | None:  # noqa: N805
        found: type[Flow] | None = getattr(cls.model, "flow", None)
        return found

    @property
    def fields(self) -> list[str]:
        return [name for names in self.sections.values() for name in names]

    @property
    def shown_columns(self) -> list[Column]:
        return [column for column in self.columns if isinstance(column, Column)]

    def url(self, page: str, record: M | None = None, **kwargs: Any) -> str:
        if record is not None:
            kwargs["pk"] = record.pk
        return reverse(f"{self.slug}-{page}", kwargs=kwargs or None)

    def get(self, user: User, pk: object) -> M:
        found = self.rows(user).filter(pk=pk).first()
        if found is None:
            raise Problem("404.1")
        return found

    def state_of(self, record: M) -> State | None:
        return self.flow.shown(record) if self.flow else None

    def label(self, name: str) -> str:
        own = {column.name: column.label for column in self.shown_columns}
        return own.get(name) or self.labels.get(name) or label_of(self.model, name)

    def words(self, record: M, name: str, user: User) -> str:
        """The value as this person may read it."""
        if name in self.hidden(user, record):
            return "（仅办公室可见）"
        return self.say(record, name)

    def plain(self, record: M, name: str, user: User) -> Plain:
        """The value for a sheet; empty where the person must not see it."""
        if name in self.hidden(user, record):
            return ""
        return plain(record, name) if name in self._of_model else self.say(record, name)

    @cached_property
    def _of_model(self) -> frozenset[str]:
        return frozenset(field.name for field in self.model._meta.get_fields())

    def open_to(self, user: User) -> bool:
        return not self.readers or user.has_any_role(*self.readers)

    @property
    def takes_sheets(self) -> bool:
        """A row of a sheet must name its record."""
        return bool(self.key and self.create and self.edit)

    def make(self, actor: Actor, values: Mapping[str, Any]) -> M:
        """By its action, in the organ that the values name."""
        assert self.create is not None
        given = dict(values)
        organ = given[self.within].organ if self.within else given.pop("organ")
        made: M = self.create(actor, organ, **given)
        return made

    def may_create(self, user: User) -> bool:
        return self.create is not None and user.has_any_role(*self.create.roles)

    def may_edit(self, user: User, record: M) -> bool:
        organ = getattr(record, "organ", None)
        return self.edit is not None and organ is not None and user.has_role(self.edit.roles, organ)

    def may_edit_some(self, user: User) -> bool:
        return self.edit is not None and user.has_any_role(*self.edit.roles)


def forbid(action: "Action[Any, ..., Any]") -> Problem:
    """What somebody is told who may not do this."""
    roles = "、".join(str(role.label) for role in sorted(action.roles))
    return Problem("403.1", label=action.label, roles=roles)
