"""What recurs in inspections, gathered."""
