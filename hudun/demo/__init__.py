"""The demonstration: 天心区 with made-up sirens, and a whole sounding from one command."""
