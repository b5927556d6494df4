"""Every icon that a page or a flow names is in the sprite."""

import re
from importlib import import_module
from pathlib import Path

from django.conf import settings

from hudun.core import shell
from hudun.core.flow import Flow
from hudun.core.ledger.ledger import ledgers

ROOT = Path(__file__).parents[4]
KNOWN = set((ROOT / "web/icons.txt").read_text().split())


def used_in_templates() -> dict[str, Path]:
    return {
        name: path
        for path in (ROOT / "hudun").rglob("*.html")
        for name in re.findall(r'{%\s*icon "([a-z0-9-]+)"', path.read_text())
    }


def test_icons_of_templates() -> None:
    assert {name: path for name, path in used_in_templates().items() if name not in KNOWN} == {}


def test_icons_of_menu_ledgers_and_states() -> None:
    import_module(settings.ROOT_URLCONF)
    flows = [flow for flow in Flow.__subclasses__() if ".tests." not in flow.__module__]
    real = [ledger for ledger in ledgers.values() if ".tests." not in type(ledger).__module__]
    states = {state.icon for flow in flows for state in flow.states.values()}
    menu = {item.icon for item in shell._items.values()}
    assert (states | menu | {ledger.icon for ledger in real}) - KNOWN == set()
