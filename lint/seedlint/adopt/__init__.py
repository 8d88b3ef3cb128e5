"""A repository adopts seedlint: where its seeds are, and the files that it gets.

`seeds` looks at the repository, `files` has the texts.
"""
