"""The field app: its shell and worker, what a phone may hold, and how what it holds comes in."""
