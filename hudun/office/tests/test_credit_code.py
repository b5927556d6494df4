"""GB 32100-2015: any one wrong character is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.office.credit_code import ALPHABET, check_character, is_credit_code

CHARS = st.sampled_from(ALPHABET)


@pytest.mark.parametrize("code", ["91110000600037341L", "91110108551385082Q"])
def test_codes_of_real_companies_hold(code: str) -> None:
    assert is_credit_code(code)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), CHARS)
def test_any_one_wrong_character_is_found(body: str, place: int, other: str) -> None:
    code = body + check_character(body)
    wrong = code[:place] + other + code[place + 1 :]
    assert is_credit_code(code)
    assert is_credit_code(wrong) == (wrong == code)
