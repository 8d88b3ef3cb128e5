"""FM: the fences and the characters of front matter."""
