"""The screen: seeds that are certainly clean, found without a position being kept.

It is allowed to be unsure, never to be wrong: what it calls clean has no finding of any severity.
"""
