"""Pages of inspections that are not ledger pages."""
