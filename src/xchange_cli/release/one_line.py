"""A text of the user's, such as a reason, as a registry keeps it."""


def one_line(text: str) -> str:
    """Give a text on one line: breaks and characters that nobody can see become blanks, and one is enough."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
