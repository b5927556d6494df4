"""Drawings and photos of a shelter."""

from uuid import UUID

from hudun.assets.shelters.flow import STAFF
from hudun.assets.shelters.models import Shelter
from hudun.core.action import Act, action
from hudun.core.attachment.admit import Admitted
from hudun.core.attachment.models import Attachment, AttachmentKind
from hudun.core.attachment.store import store

DRAWINGS = ("pdf", "dwg", "dxf")


@action("shelters.attach", label="添加图纸或照片", roles=STAFF)
def attach(act: Act, shelter: Shelter, *, key: UUID, data: Admitted, name: str) -> Attachment:
    """`key` is the attachment's id: the same one again adds nothing."""
    kind = AttachmentKind.PHOTO if data.width else AttachmentKind.FILE
    if name.lower().endswith(DRAWINGS):
        kind = AttachmentKind.DRAWING
    return store(act, shelter.organ, id=key, data=data, kind=kind, name=name, about=shelter)
