"""Every write about coverage."""

from hudun.affairs.coverage import problems  # noqa: F401

from .papers import file_report, issue_report
from .proposing import edit_site, propose_site
from .siting import approve, commission, file, install, refuse, void
from .surveying import ask_survey, record_silence, try_out, void_survey

__all__ = [
    "approve",
    "ask_survey",
    "commission",
    "edit_site",
    "file",
    "file_report",
    "install",
    "issue_report",
    "propose_site",
    "record_silence",
    "refuse",
    "try_out",
    "void",
    "void_survey",
]
