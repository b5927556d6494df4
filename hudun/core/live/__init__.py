"""What changed after n: pages that stay up to date by themselves."""
