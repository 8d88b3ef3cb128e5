"""What a later run may know of this one, outside the tree."""
