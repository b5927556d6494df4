"""What stands around every page: the menu, the banners, the cards of the first page.

Apps register beside their paths, in urls.py:

    nav("值守", "值班台", "duty-desk", icon="bell-ringing", roles={Role.DUTY_OFFICER})
    home_card(open_orders)          # request → Card, or None where there is nothing to say
    banner(clock_banner)            # request → Banner, or None
"""

from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import NamedTuple, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from .organ import Role, User

T = TypeVar("T")


class NavItem(NamedTuple):
    section: str
    label: str
    url_name: str
    icon: str
    roles: frozenset[Role]
    tab: bool
    order: int

    @property
    def url(self) -> str:
        return _address(self.url_name, settings.ROOT_URLCONF)

    def open_to(self, user: User) -> bool:
        return not self.roles or user.has_any_role(*self.roles)


@cache
def _address(url_name: str, urlconf: str) -> str:
    """Asked of every item for every page."""
    return reverse(url_name, urlconf)


class Line(NamedTuple):
    """One line of a card: a text, what stands at its end, and where it leads."""

    text: str
    value: str = ""
    url: str = ""
    tone: str = ""


class Card(NamedTuple):
    title: str
    icon: str
    lines: Collection[Line] = ()
    number: str = ""
    unit: str = ""
    note: str = ""
    url: str = ""
    url_label: str = "查看全部"
    order: int = 50


class Banner(NamedTuple):
    text: str
    tone: str = "warn"
    url: str = ""


_items: dict[str, NavItem] = {}
_cards: list[Callable[[HttpRequest], Card | None]] = []
_banners: list[Callable[[HttpRequest], Banner | None]] = []
_outside: list[Callable[[HttpRequest], Banner | None]] = []


def nav(
    section: str,
    label: str,
    url_name: str,
    *,
    icon: str,
    roles: Collection[Role] = (),
    tab: bool = False,
    order: int = 50,
) -> None:
    """Adds a page to the menu; `tab` also puts it in the bar at the foot of a phone."""
    _items[url_name] = NavItem(section, label, url_name, icon, frozenset(roles), tab, order)


def home_card(make: Callable[[HttpRequest], Card | None]) -> Callable[[HttpRequest], Card | None]:
    _cards.append(make)
    return make


def banner(
    make: Callable[[HttpRequest], Banner | None], *, outside: bool = False
) -> Callable[[HttpRequest], Banner | None]:
    """`outside`: also above the log-in."""
    _banners.append(make)
    if outside:
        _outside.append(make)
    return make


def menu(user: User) -> list[NavItem]:
    """What this person may open, in the order of the sections."""
    rank = {section: i for i, section in enumerate(settings.MENU_SECTIONS)}
    return sorted(
        (item for item in _items.values() if item.open_to(user)),
        key=lambda item: (rank.get(item.section, len(rank)), item.order),
    )


def current(items: Collection[NavItem], path: str) -> NavItem | None:
    """The item whose address the path continues farthest; the first page continues nowhere."""
    below = {item.url: item for item in items if path.startswith(item.url)}
    fits = [item for url, item in below.items() if path == url or url != "/"]
    return max(fits, key=lambda item: len(item.url), default=None)


def home_cards(request: HttpRequest) -> list[Card]:
    return sorted(_made(_cards, request), key=lambda card: card.order)


def banners(request: HttpRequest) -> list[Banner]:
    person = getattr(request, "user", None)  # a refused host is answered before anybody is known
    inside = person is not None and person.is_authenticated
    return list(_made(_banners if inside else _outside, request))


def _made(
    makers: Collection[Callable[[HttpRequest], T | None]], request: HttpRequest
) -> Iterator[T]:
    return (made for make in makers if (made := make(request)) is not None)
