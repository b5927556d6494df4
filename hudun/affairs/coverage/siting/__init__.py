"""Where the next sirens should stand: candidates, what each would reach, the best choice, and what
it comes to when all levels are added up. No Django."""
