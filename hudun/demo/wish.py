"""What somebody at the demonstration's clock page asks of its supervisor: one small file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Wish:
    """``moment``: be there at once (Unix seconds); ``rate``: how fast from then on."""

    rate: float = 1.0
    moment: float | None = None

    def make(self) -> None:
        draft = _path().with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self)))
        draft.replace(_path())

    @classmethod
    def take(cls) -> Wish | None:
        try:
            wish = cls(**json.loads(_path().read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        _path().unlink()
        return wish


def _path() -> Path:
    return Path(settings.VAR) / "wish.json"
