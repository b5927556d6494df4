"""What was done, by whom, when and why: a chain that cannot be changed without showing."""
