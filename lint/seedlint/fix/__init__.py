"""Fixes: what a rule can propose, the edits that make it so, and the guard before a write."""
