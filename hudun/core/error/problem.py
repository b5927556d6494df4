"""A problem a user can see. The whole part of its number is the HTTP status."""

from collections.abc import Mapping
from typing import NamedTuple


class Explanation(NamedTuple):
    what: str
    safe: str
    todo: str


_table: dict[str, Explanation] = {}


def problem_table(table: Mapping[str, tuple[str, str, str]]) -> Mapping[str, Explanation]:
    """Makes an app's problem numbers known: number → what happened, what is safe, what to do."""
    own = {number: Explanation(*texts) for number, texts in table.items()}
    taken = {n for n, texts in own.items() if _table.get(n, texts) != texts}
    if taken:
        raise ValueError(f"problem numbers taken twice: {sorted(taken)}")
    _table.update(own)
    return own


def explanation(number: str) -> Explanation:
    return _table[number]


def known_problems() -> Mapping[str, Explanation]:
    return dict(sorted(_table.items()))


class _Details(dict[str, object]):
    """A forgotten detail must not hide the problem itself."""

    def __missing__(self, name: str) -> str:
        return "…"


class Problem(Exception):
    """`Problem("409.1", state="已拆除")` fills the texts of the table; `what` and the like replace
    them as they are; `fields` names what is wrong with which input."""

    def __init__(
        self,
        number: str,
        what: str = "",
        *,
        safe: str = "",
        todo: str = "",
        fields: Mapping[str, str] | None = None,
        **details: object,
    ) -> None:
        standing = explanation(number)
        self.number = number
        self.what = what or standing.what.format_map(_Details(details))
        self.safe = safe or standing.safe.format_map(_Details(details))
        self.todo = todo or standing.todo.format_map(_Details(details))
        self.fields = dict(fields or {})
        super().__init__(f"{number} {self.what}")

    @property
    def status(self) -> int:
        return int(self.number.partition(".")[0])

    def as_json(self) -> dict[str, object]:
        """RFC 9457."""
        return {
            "type": f"urn:hudun:problem:{self.number}",
            "title": self.what,
            "status": self.status,
            "detail": f"{self.safe}{self.todo}",
            "number": self.number,
            "what": self.what,
            "safe": self.safe,
            "todo": self.todo,
            "fields": self.fields,
        }
