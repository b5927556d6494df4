"""The tree of organs, the people who hold posts in it, and who may see what."""

from .organ import Organ, OrganKind, OrganQuerySet
from .owned import OrganOwned, OwnedQuerySet
from .post import ADMINISTRATORS, Post, PostQuerySet, Role
from .user import User, UserManager

__all__ = [
    "ADMINISTRATORS",
    "Organ",
    "OrganKind",
    "OrganOwned",
    "OrganQuerySet",
    "OwnedQuerySet",
    "Post",
    "PostQuerySet",
    "Role",
    "User",
    "UserManager",
]
