"""The nouns of inspections."""
