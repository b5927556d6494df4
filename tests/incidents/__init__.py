"""Accidents that happened, replayed on today's programs."""
