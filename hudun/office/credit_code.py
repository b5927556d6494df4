"""统一社会信用代码, GB 32100-2015: 17 characters and a check character modulo 31."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(body: str) -> str:
    """Weights are the powers of 3 modulo 31."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    fits = len(code) == 18 and all(char in ALPHABET for char in code)
    return fits and check_character(code[:17]) == code[17]
