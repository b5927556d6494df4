"""Every published figure, made by a program anybody can run: `python -m benchmarks.NAME`."""
