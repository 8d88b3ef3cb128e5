"""What is wrong or odd with a contract: one module per kind of fault.

| module | what it looks for |
|---|---|
| `drafts.py` | a file that is not a schema of a known draft |
| `metaschema.py` | what the metaschema of the draft refuses |
| `nothing_checked.py` | a contract that would check nothing |
| `references.py` | references that lead nowhere, or back to themselves |
| `keywords.py` | keywords that are unknown, of another draft, or without effect |
| `patterns.py` | patterns that cannot be used, or that other validators read differently |
| `formats.py` | formats that are not checked, or that other validators refuse |
| `bindings.py` | `x-seedlint`: what is unknown, and what can never have anything to say |
| `contradictions.py` | what no value can fit |
| `neglected.py` | definitions that nothing uses, keys without a description |

`base.py` says what a check is; `walk.py` comes to every schema that can be reached and asks the
checks about it. `schema/check.py` has the table of all checks, `CHECKS`. To add one, put a class
into the module of its kind, or into a new one, and enter it there.
"""
