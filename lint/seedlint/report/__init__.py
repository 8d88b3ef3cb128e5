"""Findings on paper: one module a format, each `render(outcome, …) -> Iterator[str]` of lines.

Every line passes through `sanitize`, so no format can be used to make a terminal or a CI runner do
anything.
"""
