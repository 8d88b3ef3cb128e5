"""Mistakes that people make in YAML, as they look in the text."""
