"""Handing in, handing back, saying that it does not apply."""

from collections.abc import Sequence
from typing import NamedTuple

from hudun.affairs.works.flow import STAFF
from hudun.affairs.works.models import Material
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.attachment.admit import Admitted
from hudun.core.attachment.models import AttachmentKind
from hudun.core.attachment.store import store
from hudun.core.error import Problem
from hudun.core.identity import new_id

ENDED = ("archived", "void")


class Given(NamedTuple):
    name: str
    content: Admitted


@action("works.receive_material", label="收到材料", roles=STAFF)
def receive_material(
    act: Act, material: Material, *, note: str = "", files: Sequence[Given] = ()
) -> Material:
    """On paper, as files, or both. More files may come later."""
    _still_open(material)
    for given in files:
        store(
            act,
            material.organ,
            id=new_id(),
            data=given.content,
            kind=AttachmentKind.FILE,
            name=given.name,
            about=material,
        )
    material.received_on = material.received_on or clock.today()
    material.note, material.waived = note.strip()[:200] or material.note, ""
    return _saved(material)


@action("works.return_material", label="退回材料", roles=STAFF, needs_reason=True)
def return_material(act: Act, material: Material) -> Material:
    """Handed in and not good enough; or what was said not to apply does apply."""
    _still_open(material)
    material.received_on, material.waived, material.note = None, "", act.reason[:200]
    return _saved(material)


@action("works.waive_material", label="材料不适用", roles=STAFF, needs_reason=True)
def waive_material(act: Act, material: Material) -> Material:
    _still_open(material)
    material.received_on, material.waived = None, act.reason[:200]
    return _saved(material)


def _still_open(material: Material) -> None:
    if material.work.state in ENDED:
        raise Problem("409.141", state=material.work.shown.label)


def _saved(material: Material) -> Material:
    material.save(update_fields=["received_on", "note", "waived"])
    return material
