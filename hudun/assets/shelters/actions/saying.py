"""A form has checked already; the command line and the importer come here too."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from hudun.core.error import Problem


@contextmanager
def said() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        fields = {name: " ".join(texts) for name, texts in error.message_dict.items()}
        raise Problem("422.35", reason="；".join(fields.values()), fields=fields) from error
