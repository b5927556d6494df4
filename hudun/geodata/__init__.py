"""Files into arrays: what an engine computes on. No Django."""
