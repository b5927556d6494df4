"""值班: who is on watch, what they wrote down, how they handed over."""
