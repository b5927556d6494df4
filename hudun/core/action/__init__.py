"""Every write goes through an action: checked, done, and put in the journal as one thing."""

from .act import Act
from .actor import Actor, Source
from .assign import assign
from .registry import actions, actions_for
from .together import together
from .wrapper import Action, action

__all__ = [
    "Act",
    "Action",
    "Actor",
    "Source",
    "action",
    "actions",
    "actions_for",
    "assign",
    "together",
]
