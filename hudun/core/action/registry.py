"""All actions by name."""

from typing import TYPE_CHECKING, Any

from hudun.core.organ import User

if TYPE_CHECKING:
    from .wrapper import Action

actions: "dict[str, Action[Any, Any, Any]]" = {}


def actions_for(record: Any, user: User) -> "list[Action[Any, Any, Any]]":
    """The moves of the record's flow that this person may make now: a button each."""
    from hudun.core.flow import Flow

    flow: type[Flow] = type(record).flow
    allowed = flow.moves_for(record, user)
    return [act for act in actions.values() if act.moves in allowed]
