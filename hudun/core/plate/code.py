"""The code on a plate: random, so that none leads to the next; read aloud without doubt."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U."""
LENGTH = 12
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", " ": "", "-": ""})


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """As somebody typed it, who may have taken a 0 for an O; empty where it cannot be a code."""
    code = text.strip().upper().translate(READ_AS)
    return code if set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """In fours, as it stands on the plate."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
