"""值班台: one wide page for the officer on watch."""
