"""Production machines on a simulated clock, with simulated links, disks, sirens and enemies."""
