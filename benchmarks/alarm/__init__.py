"""What `benchmarks.alarm_fanout` measures with: an office at work, and exchanges beside it."""
