"""The shapes that leave. No row number does: ids are UUIDs, sirens have their official number."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class SirenOut(Schema):
    id: UUID
    number: int
    name: str
    kind: str
    state: str
    office: str
    street: str
    lon: float | None
    lat: float | None
    has_terminal: bool
    last_word_at: datetime | None


class OrderOut(Schema):
    id: UUID
    counter: int
    mode: str
    state: str
    purpose: str
    target: str
    starts_at: datetime | None
    expires_at: datetime
    sirens: list[int]


class ProblemOut(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    number: str
