"""SEED: a file as a whole, and the bounds on what one file may cost."""
