"""What somebody reads from a plate and types leads to the same plate."""

from hypothesis import given
from hypothesis import strategies as st

from hudun.core.plate.code import ALPHABET, LENGTH, new_code, read_code, spaced

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_code_is_random_and_of_twelve_characters() -> None:
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in made)


@given(codes)
def test_read_aloud_it_is_the_same(code: str) -> None:
    assert read_code(code) == code
    assert read_code(f" {spaced(code).lower()} ") == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code


def test_letters_that_look_like_digits_are_never_given() -> None:
    assert not set("ILOU") & set(ALPHABET)
