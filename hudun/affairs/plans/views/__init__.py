"""Pages that are not ledger pages."""
