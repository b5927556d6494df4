"""A draw can be repeated by anybody; a deal is fair."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from hudun.affairs.inspections.drawing import deal, draw, new_seed

codes = st.sets(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=3, max_size=3), max_size=60)


@given(codes, st.integers(1, 100), st.text(max_size=20))
def test_a_draw_depends_on_the_set_and_the_seed_alone(
    drawn_from: set[str], share: int, seed: str
) -> None:
    first = draw(sorted(drawn_from), share, seed)
    assert first == draw(sorted(drawn_from, reverse=True), share, seed)
    assert set(first) <= drawn_from
    assert len(first) == len(set(first))
    assert len(drawn_from) * share / 100 <= len(first) < len(drawn_from) * share / 100 + 1


def test_a_draw_by_hand() -> None:
    hashes = {code: sha256(f"七:{code}".encode()).hexdigest() for code in "ABCD"}
    assert draw("ABCD", 50, "七") == sorted("ABCD", key=hashes.__getitem__)[:2]
    assert new_seed() != new_seed()


def test_every_code_has_the_same_chance() -> None:
    """2,000 draws of 1 in 10: each code 200 times, six standard deviations apart at most."""
    from collections import Counter

    pool = [f"{n:03}" for n in range(10)]
    seen = Counter(draw(pool, 10, str(seed))[0] for seed in range(2000))
    assert all(abs(seen[code] - 200) < 81 for code in pool)


@given(st.dictionaries(st.integers(0, 400).map(str), st.sampled_from("甲乙丙丁"), max_size=80),
       st.integers(1, 6))  # fmt: skip
def test_a_deal_leaves_nobody_out_and_is_fair(places: dict[str, str], teams: int) -> None:
    names = [f"第{n}组" for n in range(teams)]
    dealt = deal(places, names)
    assert dealt.keys() == places.keys()
    assert dealt == deal(dict(reversed(places.items())), names)
    loads = [sum(team == name for team in dealt.values()) for name in names]
    fair = -(-len(places) // teams)
    assert max(loads) - min(loads) <= fair


def test_a_place_stays_with_one_team() -> None:
    places = {f"{n}": "甲" if n < 5 else "乙" for n in range(10)}
    dealt = deal(places, ["一", "二"])
    assert {dealt[str(n)] for n in range(5)} == {"一"}
    assert deal(places, []) == {}
