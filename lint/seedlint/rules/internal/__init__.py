"""INT: failures of seedlint itself."""
