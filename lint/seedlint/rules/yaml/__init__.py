"""YML: what is written between the fences, before any contract."""
