"""Every problem a user can see has a number that is honest about its HTTP status."""

from http import HTTPStatus

import pytest

from hudun.core.error import Problem, explanation, known_problems, problem_table


def test_every_number_begins_with_a_real_status_and_says_three_things() -> None:
    for number, texts in known_problems().items():
        status, _, rest = number.partition(".")
        assert HTTPStatus(int(status)) >= 400 and rest.isdigit(), number
        assert all(text.strip() and text[-1] in "。：）" + "}" for text in texts), number


def test_details_are_filled_in_and_the_status_follows() -> None:
    problem = Problem("409.1", state="已拆除", label="安装")
    assert (problem.status, problem.what) == (409, "现在的状态是“已拆除”，不能办理“安装”。")
    assert str(problem) == f"409.1 {problem.what}"


def test_own_words_replace_the_table() -> None:
    problem = Problem("422.2", "坐标在区外。", todo="请核对经纬度。")
    assert problem.what == "坐标在区外。" and problem.todo == "请核对经纬度。"
    assert problem.safe == explanation("422.2").safe


def test_what_a_user_typed_is_never_taken_for_a_template() -> None:
    assert Problem("409.3", what_exists="{x}").what == "已有相同的记录：{x}"
    assert Problem("422.2", "名称“{x}”太长。").what == "名称“{x}”太长。"


def test_a_number_means_one_thing() -> None:
    with pytest.raises(ValueError, match=r"404\.1"):
        problem_table({"404.1": ("别的。", "别的。", "别的。")})
