"""Events that leave after commit."""
