"""Taking in a promised photo: the same bytes as the phone queued, or none."""

from hashlib import sha256
from uuid import UUID

from hudun.affairs.inspections.models import PhotoPromise, Visit
from hudun.affairs.inspections.roles import CHECKERS
from hudun.core.action import Act, Actor, action
from hudun.core.action.checks import check_rights
from hudun.core.attachment.admit import Admitted, admit_photo
from hudun.core.attachment.store import store
from hudun.core.error import Problem

LABEL = "报送检查照片"


def receive_photo(actor: Actor, visit: Visit, photo_id: UUID, data: bytes) -> PhotoPromise:
    """Judged before the transaction; a second delivery of the same bytes changes nothing."""
    check_rights(actor, visit.organ, CHECKERS, LABEL)
    promise = visit.promised.filter(pk=photo_id).first()
    if promise is None:
        raise Problem("404.102")
    _compare(promise, data)
    if promise.received_at is None:
        promise = _receive(actor, visit, promise, admit_photo(data))
    return promise


@action("inspections.receive_photo", label=LABEL, roles=CHECKERS)
def _receive(act: Act, visit: Visit, promise: PhotoPromise, admitted: Admitted) -> PhotoPromise:
    """The visit's row is held: of two deliveries at once, one is the second."""
    store(
        act,
        visit.organ,
        id=promise.pk,
        data=admitted,
        taken_at=promise.taken,
        lon=promise.lon,
        lat=promise.lat,
        about=visit,
    )
    missing = PhotoPromise.objects.missing().filter(visit=visit)
    missing.filter(pk=promise.pk).update(received_at=act.now)
    promise.refresh_from_db()
    act.note(photo=promise.pk, sha256=promise.sha256)
    if not missing.exists():
        act.emit("inspections.visit_complete", {"visit": visit.pk, "plate": visit.plate_id})
    return promise


def _compare(promise: PhotoPromise, data: bytes) -> None:
    if len(data) != promise.size:
        why = f"登记 {promise.size} 字节，收到 {len(data)} 字节"
    elif sha256(data).hexdigest() != promise.sha256:
        why = "内容的摘要不同"
    else:
        return
    raise Problem("422.106", why=why, fields={"photo": why})
