"""What reports ask about inspections."""
