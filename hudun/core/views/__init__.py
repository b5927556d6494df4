"""The pages that belong to no ledger."""
