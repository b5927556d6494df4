"""What other programs may read: sirens and orders, as the person who asks may see them."""
