"""What happens: each affair in a folder of its own; none imports another."""
