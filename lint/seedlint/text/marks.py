"""Marks that more than one room looks for, in bytes or in text."""

BOM = "\ufeff".encode()
"""The byte order mark of UTF-8."""

FENCE = "---"
"""What opens and closes front matter."""

JSON_FENCE = ";;;"
"""What opens and closes JSON that has no braces of its own."""

OPENINGS = tuple(
    before + mark for before in (b"", BOM) for mark in (FENCE.encode(), JSON_FENCE.encode(), b"{")
)
"""What files with front matter begin with. Others may begin so, too."""

FENCE_END = r"[ \t]*(?=[\r\n]|\Z)"
"""The pattern of what may follow a fence on its line."""

JSON_OPENING = rf"(?:{FENCE}[ \t]*json|{JSON_FENCE}){FENCE_END}"
"""The pattern of a line that opens JSON between fences."""

NAME = "seedlint"
"""What a comment to seedlint begins with, in small letters if it is written as it should be."""

RUNNER_COMMAND = r"##(?=[A-Za-z]*\[)"
"""The pattern of what a CI runner obeys anywhere in a line: `##[command]`, `##vso[command]`."""

YAML_BREAKS = "\r\n\x85\u2028\u2029"
"""The line breaks of YAML 1.1, which libyaml knows."""

INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
"""Characters that nobody sees and YAML takes for text, as ranges of a character class."""

ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks that look like a space and are not one to YAML, as ranges of a character class."""

TAGS = "\U000e0000-\U000e007f"
"""Invisible letters, of which the flags of some countries consist, as such a range."""
