"""The formats of a report, one module each: `render(diagnostics, …)` yields its lines.

What comes from a seed or a path passes through `sanitize.py`, so no format can be used to make a
terminal or a CI runner do anything.
"""
