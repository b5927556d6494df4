"""Which templates stand for an office: its own newest ones, else those of the rules."""

from dataclasses import dataclass
from typing import Any

from hudun.affairs.inspections.checklist import Template, read_template
from hudun.affairs.inspections.models import CheckTemplate
from hudun.core import clock
from hudun.core.organ import Organ
from hudun.core.rule import rule

TOPIC = "check_templates"


@dataclass(frozen=True)
class Text:
    """A template with the text it was read from."""

    content: dict[str, Any]
    template: Template
    rule_version: str = ""


def standing_templates(organ: Organ) -> dict[str, Text]:
    """The newest of each slug. A text of the office's own goes before one of the rules."""
    known = CheckTemplate.objects.of_office(organ).order_by("version")
    by_version = {(row.slug, row.version): _of_row(row) for row in known}
    seeds = {text.template.slug: text for text in _seeds(organ)}
    own = {row.slug: _of_row(row) for row in known if not row.rule_version}
    kept = {
        slug: by_version.get((slug, text.template.version), text) for slug, text in seeds.items()
    }
    return {**kept, **own}


def find_text(organ: Organ, slug: str, version: int) -> Text | None:
    """A version that was used here stays as it was, whatever the rules say now."""
    row = CheckTemplate.objects.of_office(organ).named(slug).filter(version=version).first()
    if row is not None:
        return _of_row(row)
    fits = (text for text in _seeds(organ) if _name(text) == (slug, version))
    return next(fits, None)


def _name(text: Text) -> tuple[str, int]:
    return text.template.slug, text.template.version


def _seeds(organ: Organ) -> list[Text]:
    found = rule(TOPIC, organ.province, clock.today(), organ)
    return [Text(content, read_template(content), found.version) for content in found.value]


def _of_row(row: CheckTemplate) -> Text:
    return Text(row.content, row.template, row.rule_version)
