"""What one run keeps for the next, outside the tree."""
