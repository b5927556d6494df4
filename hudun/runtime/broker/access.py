"""Who may log in, and what they may read and write: two files in mosquitto's own formats."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path

from hudun.runtime.keys import write_private

ITERATIONS = 101  # mosquitto's default: device passwords are random, not words of a person
DISPATCH = "dispatch"


def dispatcher(office: int) -> str:
    """The account under which an office's dispatch logs in."""
    return f"{DISPATCH}-{office}"


def write_access(directory: Path, offices: Iterable[int], passwords: Mapping[str, str]) -> None:
    """Write ``passwd`` and ``acl``.

    ``offices`` are the division codes that send orders through this broker. ``passwords`` are by
    account: a terminal's is its siren number, an office's is ``dispatcher(office)``.
    """
    directory.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}:{hashed(word)}\n" for name, word in sorted(passwords.items())]
    write_private(directory / "passwd", "".join(lines))
    write_private(directory / "acl", acl(tuple(offices)))


def acl(offices: tuple[int, ...]) -> str:
    """A terminal (%u) writes under its own number only and reads what is sent to it."""
    lines: list[str] = []
    for office in offices:
        lines += [
            f"pattern write hudun/{office}/t/%u/up",
            f"pattern read hudun/{office}/t/%u/down",
            f"pattern read hudun/{office}/all",
            f"pattern read hudun/{office}/g/+",
        ]
    for office in offices:
        lines += [
            f"user {dispatcher(office)}",
            f"topic write hudun/{office}/all",
            f"topic write hudun/{office}/g/+",
            f"topic write hudun/{office}/t/+/down",
            f"topic read hudun/{office}/t/+/up",
        ]
    return "\n".join(lines) + "\n"


def hashed(password: str) -> str:
    salt = secrets.token_bytes(12)
    digest = pbkdf2_hmac("sha512", password.encode(), salt, ITERATIONS)
    return f"$7${ITERATIONS}${b64encode(salt).decode()}${b64encode(digest).decode()}"


def matches(password: str, entry: str) -> bool:
    _, kind, iterations, salt, digest = entry.split("$")
    made = pbkdf2_hmac("sha512", password.encode(), b64decode(salt), int(iterations))
    return kind == "7" and hmac.compare_digest(made, b64decode(digest))


@dataclass(frozen=True, slots=True)
class Access:
    """The two files as another broker than mosquitto reads them."""

    passwords: Mapping[str, str]
    rules: tuple[tuple[str | None, str, str], ...]  # (user or None for all, verb, filter)

    @classmethod
    def read(cls, directory: Path) -> Access:
        entries = (line.split(":", 1) for line in (directory / "passwd").read_text().splitlines())
        rules: list[tuple[str | None, str, str]] = []
        user = None
        for line in (directory / "acl").read_text().splitlines():
            match line.split(" "):
                case ["user", name]:
                    user = name
                case ["pattern", verb, topic]:
                    rules.append((None, verb, topic))
                case ["topic", verb, topic]:
                    rules.append((user, verb, topic))
        return cls(dict(entries), tuple(rules))

    def admits(self, user: str | None, password: str | None) -> bool:
        entry = self.passwords.get(user or "")
        return entry is not None and password is not None and matches(password, entry)

    def allows(self, user: str, verb: str, topic: str) -> bool:
        """Whether a rule covers the topic (or the filter subscribed to) level by level."""
        return any(
            covers(rule.replace("%u", user), topic)
            for whose, what, rule in self.rules
            if what == verb and whose in (None, user)
        )


def covers(rule: str, topic: str) -> bool:
    """``+`` in a rule stands for one level; a wider filter than the rule is not covered."""
    mine, theirs = rule.split("/"), topic.split("/")
    return len(mine) == len(theirs) and all(
        theirs_level not in ("#", "") if level == "+" else level == theirs_level
        for level, theirs_level in zip(mine, theirs, strict=True)
    )
