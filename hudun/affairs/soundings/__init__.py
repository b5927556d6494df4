"""Soundings: plans, orders, receipts, verdicts and rates of the siren net."""
