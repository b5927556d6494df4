"""A form has checked already; the command line and the importer come to the action without one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from .problem import Problem


@contextmanager
def refused_as(number: str) -> Iterator[None]:
    """What a model's own check finds becomes the problem of this number: `{reason}` in its text,
    and what is wrong with which field."""
    try:
        yield
    except ValidationError as error:
        fields = {name: " ".join(texts) for name, texts in error.message_dict.items()}
        raise Problem(number, reason="；".join(fields.values()), fields=fields) from error
