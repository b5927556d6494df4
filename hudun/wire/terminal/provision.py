"""What an office writes into a terminal before it is mounted beside its siren."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from hudun.wire.signals import PATTERNS, Pattern

PUBLIC_KEY_OCTETS = 32
_SECONDS = (
    "trial_notice_s", "trial_from_s", "trial_until_s", "utc_offset_s", "test_button_s",
    "arm_window_s", "late_s", "unsolicited_after_s", "evidence_gap_s", "health_s", "question_s",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IssuerTrust:
    """The two pinned root keys (32 octets each) of an office; either may sign its roster."""

    roots: tuple[bytes, bytes]


@dataclass(frozen=True)
class Provision:
    """Numbers are seconds. The first issuer is the home office: it hears what concerns no order."""

    siren: int
    groups: frozenset[int]
    issuers: Mapping[int, IssuerTrust]
    patterns: Mapping[int, Pattern] = field(default_factory=lambda: dict(PATTERNS))
    trial_notice_s: float = 86400
    trial_from_s: float = 7 * 3600
    trial_until_s: float = 21 * 3600
    utc_offset_s: float = 8 * 3600
    test_button_s: float = 600
    arm_window_s: float = 120
    late_s: float = 30
    unsolicited_after_s: float = 1.5
    evidence_gap_s: float = 5
    health_s: float = 300
    question_s: float = 3600
    firmware: str = "hudun 0.1"

    @property
    def home(self) -> int:
        return next(iter(self.issuers))

    def to_json(self) -> dict[str, Any]:
        return {
            "siren": self.siren,
            "groups": sorted(self.groups),
            "issuers": [
                {"number": number, "roots": [_text(root) for root in trust.roots]}
                for number, trust in self.issuers.items()
            ],
            "patterns": {
                str(number): {"strokes": [list(stroke) for stroke in p.strokes], "repeat": p.repeat}
                for number, p in self.patterns.items()
            },
            **{name: getattr(self, name) for name in _SECONDS},
            "firmware": self.firmware,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote; a field left out has its default.

        Raises:
            ValueError, KeyError, TypeError: not a provision.
        """
        known = {each.name for each in fields(cls)}
        if unknown := set(data) - known:
            raise ValueError(f"unknown in a provision: {', '.join(sorted(unknown))}")
        given = {name: data[name] for name in (*_SECONDS, "firmware") if name in data}
        if "patterns" in data:
            given["patterns"] = {int(n): _pattern(p) for n, p in data["patterns"].items()}
        return cls(
            siren=int(data["siren"]),
            groups=frozenset(int(group) for group in data["groups"]),
            issuers={int(each["number"]): _trust(each["roots"]) for each in data["issuers"]},
            **given,
        )


def _pattern(data: Mapping[str, Any]) -> Pattern:
    strokes = tuple((int(on), int(off)) for on, off in data["strokes"])
    return Pattern(strokes, int(data["repeat"]))


def _trust(roots: list[str]) -> IssuerTrust:
    first, second = (_octets(root) for root in roots)
    return IssuerTrust((first, second))


def _text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).decode().rstrip("=")


def _octets(text: str) -> bytes:
    octets = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(octets) != PUBLIC_KEY_OCTETS:
        raise ValueError("not a public key")
    return octets
