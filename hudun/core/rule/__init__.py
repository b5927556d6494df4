"""What differs by province and changes with time, looked up by topic, place and day."""

from .lookup import Rule, all_rules, coming_days, rule

__all__ = ["Rule", "all_rules", "coming_days", "rule"]
