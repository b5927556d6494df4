"""What makes the sound. Every driver is a dead man's handle: sound ends unless it is renewed."""
