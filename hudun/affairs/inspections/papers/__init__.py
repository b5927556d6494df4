"""The papers of inspections."""

from .bulletin import BULLETIN, bulletin_paper
from .notice import NOTICE, NoticeDraft, notice_paper

__all__ = ["BULLETIN", "NOTICE", "NoticeDraft", "bulletin_paper", "notice_paper"]
