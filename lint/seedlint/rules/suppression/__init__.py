"""SUP: comments that suppress findings."""
