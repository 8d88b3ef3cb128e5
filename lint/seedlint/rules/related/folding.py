def fold_link(t):
    return t.strip().rstrip("/")


def fold_title(t):
    return t.casefold()
