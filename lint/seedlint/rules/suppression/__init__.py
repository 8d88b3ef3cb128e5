"""SUP: comments that answer findings."""
