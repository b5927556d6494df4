"""The register of shelters as a city would have it: what `benchmarks.ledger_list` stands on."""
