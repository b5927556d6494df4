"""Keeping an attachment, within the action that brings it."""

from datetime import datetime
from uuid import UUID

from django.db import models

from hudun.core.action import Act
from hudun.core.error import Problem
from hudun.core.organ import Organ

from .admit import Admitted, admit_file
from .files import keep
from .models import Attachment, AttachmentKind


def store(
    act: Act,
    organ: Organ,
    *,
    id: UUID,  # noqa: A002 - the name of the column
    data: bytes | Admitted,
    kind: AttachmentKind = AttachmentKind.PHOTO,
    name: str = "",
    taken_at: datetime | None = None,
    lon: float | None = None,
    lat: float | None = None,
    about: models.Model | None = None,
) -> Attachment:
    """Stores the bytes, then the row. The same id with the same bytes is the same attachment;
    with others it is refused. Give `admit_photo(data)` made before the transaction where you
    can: bytes are admitted here, which takes half a second."""
    admitted = data if isinstance(data, Admitted) else admit_file(data)
    known = Attachment.objects.filter(pk=id).first()
    if known is not None:
        if (known.sha256, known.organ_id) != (admitted.sha256, organ.pk):
            raise Problem("409.17", id=id)
        return known
    keep(admitted)
    stored = Attachment.objects.create(
        id=id,
        organ=organ,
        kind=kind,
        name=name[:200],
        sha256=admitted.sha256,
        size=admitted.size,
        media_type=admitted.media_type,
        width=admitted.width,
        height=admitted.height,
        taken_at=taken_at,
        lon=lon,
        lat=lat,
        about_type=about._meta.label if about else "",
        about_id=str(about.pk) if about else "",
        stored_at=act.now,
        stored_by=act.actor.user,
    )
    act.changed(stored)
    return stored
