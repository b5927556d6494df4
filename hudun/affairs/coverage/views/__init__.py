"""Pages beside the ledgers."""
