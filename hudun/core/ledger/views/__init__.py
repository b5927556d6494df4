"""The pages of a ledger. Each takes the request and the ledger."""
