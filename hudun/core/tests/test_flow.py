"""One table gives states, buttons and the diagram; a slip in the table is found at once."""

import pytest

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role


class DoorFlow(Flow):
    states = {
        "open": State("开", "green", "door"),
        "shut": State("关", "red", "door-off"),
        "gone": State("拆除", final=True),
    }
    shut = move("open", "shut", "shut", roles={Role.CLERK}, label="关门", days=3)
    remove = move(("open", "shut"), "remove", "gone", roles={Role.CHIEF}, label="拆除")


def test_the_first_state_is_the_initial_one_unless_named() -> None:
    assert DoorFlow.initial == "open"
    assert DoorFlow.open_states() == ["open", "shut"]
    assert DoorFlow.choices()[1] == ("shut", "关")


def test_moves_know_their_table_and_their_sources() -> None:
    assert DoorFlow.moves_from("shut") == [DoorFlow.remove]
    assert DoorFlow.shut.flow is DoorFlow and DoorFlow.shut.name == "shut"


def test_the_diagram_shows_every_move_and_its_limit() -> None:
    diagram = DoorFlow.mermaid().splitlines()
    assert "    open --> shut : 关门（3 个工作日）" in diagram
    assert "    shut --> gone : 拆除" in diagram
    assert "    gone --> [*]" in diagram


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):

        class Wrong(Flow):
            states = {"a": State("甲")}
            go = move("a", "go", "missing", roles=(), label="去")


def test_every_state_that_looks_alike_by_colour_differs_by_icon_or_label() -> None:
    assert len({(state.label, state.icon) for state in DoorFlow.states.values()}) == 3
