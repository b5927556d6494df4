"""统一社会信用代码, GB 32100-2015: 17 characters and a check character modulo 31."""

from django.core.exceptions import ValidationError

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_credit_code(code: str) -> None:
    """For a form field."""
    if not is_credit_code(code.strip().upper()):
        raise ValidationError("统一社会信用代码不正确，请核对 18 位代码和末位校验码。")


def check_character(body: str) -> str:
    """Weights are the powers of 3 modulo 31."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    fits = len(code) == 18 and all(char in ALPHABET for char in code)
    return fits and check_character(code[:17]) == code[17]
