"""Every write about coverage."""

from hudun.affairs.coverage import problems  # noqa: F401

from .proposing import edit_site, propose_site
from .siting import approve, commission, file, install, refuse, void

__all__ = [
    "approve",
    "commission",
    "edit_site",
    "file",
    "install",
    "propose_site",
    "refuse",
    "void",
]
