"""The pages on which an order is planned, signed, released, and its result read."""
